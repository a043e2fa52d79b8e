import type { Answer, Backend } from "./backend";
import type { Failure, View } from "./bindings";

/** The connection to the core. It sends requests and receives the views that the core sends. */
export class Connection {
  /** The newest view. */
  view = $state.raw<View | null>(null);
  /** Whether the core has stopped responding. */
  lost = $state(false);
  readonly backend: Backend;
  private readonly onview: (previous: View | null) => void;
  /** Requests, each with the revision of the view that it waits for. */
  private waiting: { revision: number; resolve: () => void }[] = [];
  private isHeld = false;
  /** The newest view that arrived while views were held. */
  private next: View | null = null;

  /** `onview` is called after each new view. */
  constructor(backend: Backend, onview: (previous: View | null) => void) {
    this.backend = backend;
    this.onview = onview;
  }

  start(): void {
    void this.ask(({ watch }) => watch((view) => this.show(view)));
  }

  /**
   * Sends a request. Resolves to the reason why the core refused the request, or to `null` if the
   * core accepted it.
   */
  async request(send: (backend: Backend) => Promise<Answer<unknown>>): Promise<Failure | null> {
    const answer = await this.ask(send);
    return answer?.status === "error" ? answer.error : null;
  }

  /**
   * Sends a request. If the core has stopped responding, the promise from the backend rejects and
   * this function resolves to `null`.
   */
  async ask<T>(send: (backend: Backend) => Promise<Answer<T>>): Promise<Answer<T> | null> {
    try {
      return await send(this.backend);
    } catch {
      this.lost = true;
      return null;
    }
  }

  /** Resolves when a view with this revision is shown. */
  shown(revision: number): Promise<void> {
    if ((this.view?.revision ?? 0) >= revision) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ revision, resolve }));
  }

  /** Holds new views, or shows the newest one again. */
  hold(held: boolean): void {
    this.isHeld = held;
    const { next } = this;
    if (held || !next) return;
    this.next = null;
    this.show(next);
  }

  private show(view: View): void {
    if (this.isHeld) {
      if (!this.next || view.revision >= this.next.revision) this.next = view;
      return;
    }
    const previous = this.view;
    if (previous && view.revision < previous.revision) return;
    this.view = view;
    this.onview(previous);
    const arrived = this.waiting.filter((one) => one.revision <= view.revision);
    this.waiting = this.waiting.filter((one) => one.revision > view.revision);
    for (const { resolve } of arrived) resolve();
  }
}
