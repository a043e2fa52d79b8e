import { getContext, setContext } from "svelte";
import { SvelteMap } from "svelte/reactivity";

import { announcements } from "./announcements";
import type { Answer, Backend } from "./backend";
import type {
  AboutInfo,
  Action,
  CertificateView,
  Failure,
  HelpTopic,
  SetupView,
  Step,
  StepView,
  View,
} from "./bindings";
import { Clipboard } from "./clipboard.svelte";
import { Connection } from "./connection.svelte";
import { Draft } from "./draft.svelte";
import { LiveRegion } from "./live-region.svelte";
import { SavedFiles } from "./saved-files.svelte";

/** The state of the window, which includes the open setup and the user's work on it. */
export class Session {
  /**
   * The reasons why commands were refused in the current step. The key is the place that shows the
   * reason.
   */
  readonly failures = new SvelteMap<string, Failure>();
  /** The open dialog of the window. Dialogs of a step aren't included. */
  dialog = $state<"keys" | "about" | "handover" | "help" | "support" | null>(null);
  /** The page of the Help dialog. */
  helpTopic = $state<HelpTopic>("steps");
  /** The number of the highlighted transfer. */
  highlighted = $state<number | null>(null);
  /**
   * The general text box that received the last paste, or `null` if the paste was outside a text
   * box.
   */
  pastedInto = $state<string | null>(null);
  /** Whether the mini window is open. */
  miniWindow = $state(false);
  /** Whether the desktop keeps the mini window on top. */
  staysOnTop = $state(true);
  /** Whether the user entered the current step with Continue. */
  continued = false;
  /** Whether a file is being dragged over the window. */
  fileOver = $state(false);
  /** Whether the current view is the first of its step, so that everything in it is old news. */
  hasJustOpened = true;

  readonly connection: Connection;
  readonly clipboard = new Clipboard(this);
  readonly files = new SavedFiles(this);
  readonly live = new LiveRegion();
  /** The drafts of the open setup, by the name of the box. They're kept when the step changes. */
  private readonly drafts = new Map<string, Draft>();
  /** The actions that are being sent, as JSON. */
  private readonly sending = new Map<string, Promise<Failure | null>>();

  constructor(backend: Backend) {
    this.connection = new Connection(backend, (previous) => this.viewChanged(previous));
    backend.hover((over) => (this.fileOver = over));
    this.connection.start();
  }

  get view(): View | null {
    return this.connection.view;
  }

  get lost(): boolean {
    return this.connection.lost;
  }

  /** The open setup. Throws an error if no setup is open, so use it only inside a step. */
  get setup(): SetupView {
    const setup = this.view?.setup;
    if (!setup) throw new Error("no setup is open");
    return setup;
  }

  /**
   * AWS certificates, with the most certain one first. The certificate seen in nOps isn't included.
   */
  get awsCertificates(): CertificateView[] {
    return this.setup.certificates.filter((one) => one.field !== "nops_x509");
  }

  /** The current step. */
  get step(): StepView {
    return this.stepNamed(this.setup.current);
  }

  stepNamed(name: Step): StepView {
    const found = this.setup.steps.find((step) => step.step === name);
    if (!found) throw new Error(`the view has no step ${name}`);
    return found;
  }

  /** Returns the user's own step before (-1) or after (1) the current step. */
  neighbor(distance: -1 | 1): StepView | undefined {
    const steps = this.setup.steps.filter((step) => step.own || step === this.step);
    return steps[steps.indexOf(this.step) + distance];
  }

  /** Whether the current step has no tasks left. If so, Continue is the filled button. */
  get stepDone(): boolean {
    return this.step.status.kind === "done" || this.step.skipped;
  }

  /** Whether the user first decides about a colleague's file. Until then, nothing else acts. */
  get isComparing(): boolean {
    return Boolean(this.view?.setup?.handover.received);
  }

  /** The message of this name, or its wording for a repair, whose SSO is already on. */
  worded(id: string): string {
    return this.setup.repair ? `${id}.repair` : id;
  }

  /** The style of a step's main button, which is filled unless Continue is filled. */
  get mainButtonStyle(): "" | "main" {
    return this.stepDone ? "" : "main";
  }

  /**
   * Returns the draft with this name. Creates the draft on first use. Don't use drafts for secrets.
   */
  draft(name: string, source: ConstructorParameters<typeof Draft>[0] = {}): Draft {
    const known = this.drafts.get(name);
    if (known) return known;
    const draft = new Draft(source);
    this.drafts.set(name, draft);
    return draft;
  }

  /**
   * Sends an action. Resolves after a view with the result is shown. While an action is being sent,
   * the same action isn't sent again.
   */
  act(action: Action): Promise<Failure | null> {
    const key = JSON.stringify(action);
    const same = this.sending.get(key);
    if (same) return same;
    const answer = this.send(action).finally(() => this.sending.delete(key));
    this.sending.set(key, answer);
    return answer;
  }

  private async send(action: Action): Promise<Failure | null> {
    if (LEAVING.has(action.kind))
      await Promise.all([...this.drafts.values()].map((draft) => draft.send()));
    const answer = await this.connection.ask(({ act }) => act(action));
    if (answer?.status === "ok") await this.connection.shown(answer.data);
    return answer?.status === "error" ? answer.error : null;
  }

  /** Goes to the step before (-1) or after (1) the current step. */
  async move(distance: -1 | 1): Promise<Failure | null> {
    const to = this.neighbor(distance);
    this.continued = distance === 1;
    const failure = to ? await this.act({ kind: "go", step: to.step }) : null;
    this.continued &&= !failure;
    return failure;
  }

  /** Reads a paste outside a text box, which can be files or text of any kind. */
  async paste(text: string, html: string, files: boolean): Promise<Failure | null> {
    this.pastedInto = null;
    // Some webviews don't report the types in the clipboard, so the clipboard may still contain
    // files.
    if (files || text === "") {
      const answer = await this.connection.ask(({ pasteFiles }) => pasteFiles());
      if (answer?.status !== "ok") return answer?.error ?? null;
      if (answer.data) return null;
    }
    if (!this.view?.setup) return { code: "no_setup", params: {} };
    if (text === "" && html === "") return { code: "nothing_to_paste", params: {} };
    return this.act({ kind: "paste", text, html: html === "" ? null : html });
  }

  async showMiniWindow(open: boolean): Promise<Failure | null> {
    const answer = await this.connection.ask(({ miniWindow }) => miniWindow(open));
    if (answer?.status !== "ok") return answer?.error ?? null;
    this.miniWindow = open;
    if (open) this.staysOnTop = answer.data;
    return null;
  }

  /** Returns the data for the About dialog, or `null` if the core has stopped responding. */
  async about(): Promise<AboutInfo | null> {
    const answer = await this.connection.ask(async ({ about }) => ({
      status: "ok" as const,
      data: await about(),
    }));
    return answer?.status === "ok" ? answer.data : null;
  }

  /**
   * Sends a request. Resolves to the reason why the core refused the request, or to `null` if the
   * core accepted it.
   */
  request(send: (backend: Backend) => Promise<Answer<unknown>>): Promise<Failure | null> {
    return this.connection.request(send);
  }

  /** Announces a sentence to screen readers. */
  say(sentence: string): void {
    this.live.say(sentence);
  }

  private viewChanged(previous: View | null): void {
    const setup = this.view?.setup;
    const before = previous?.setup;
    const isOtherPage =
      before?.current !== setup?.current || before?.rotation.is_shown !== setup?.rotation.is_shown;
    this.hasJustOpened = before?.id !== setup?.id || isOtherPage;
    if (before && setup && !this.hasJustOpened)
      for (const sentence of announcements(before, setup)) this.say(sentence);
    if (isOtherPage) {
      this.clipboard.forgetButton();
      this.failures.clear();
      this.files.report = null;
      this.highlighted = null;
      this.pastedInto = null;
    }
    if (before?.id !== setup?.id) this.drafts.clear();
    for (const draft of this.drafts.values()) draft.see();
  }
}

/** Actions that close the current boxes. Text that hasn't been sent is sent before the action. */
const LEAVING: ReadonlySet<Action["kind"]> = new Set([
  "go",
  "close",
  "create",
  "resume",
  "start_rotation",
  "leave_rotation",
]);

const KEY = Symbol("session");

export const provideSession = (session: Session): Session => setContext(KEY, session);

/** Returns the session from the component context. */
export const useSession = (): Session => getContext<Session>(KEY);
