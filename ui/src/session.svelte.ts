import { getContext, setContext, untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";

import type { Answer, Backend } from "./backend";
import type {
  About,
  Action,
  CertificateView,
  Copyable,
  Document,
  Failure,
  Page,
  Saved,
  SetupView,
  Step,
  StepView,
  View,
  Wire,
} from "./bindings";
import { Draft } from "./draft.svelte";
import type { Theme } from "./theme.svelte";
import { t } from "./words";

/**
 * The state of the window: the newest view, what was copied, and the live region.
 *
 * Every request resolves to the reason why the core refused it, or to `null` if it was accepted.
 */
export class Session {
  view = $state.raw<View | null>(null);
  /** The core has stopped responding. */
  lost = $state(false);
  /** The text of the live region. */
  said = $state("");
  /** The copy button that shows "Copied". */
  copied = $state<string | null>(null);
  /** What was copied, and what the user confirmed as pasted, in all steps since the window opened. */
  private taken = $state.raw<ReadonlySet<string>>(new Set());
  private pasted = $state.raw<ReadonlySet<string>>(new Set());
  /** The number of the highlighted transfer. */
  lit = $state<number | null>(null);
  /** Empty the clipboard after a response is pasted from it. */
  emptiesClipboard = $state(false);
  /** Why commands were refused in the current step, by the place that shows the reason. */
  readonly failures = new SvelteMap<string, Failure>();
  /** The open dialog of the window. Steps have their own dialogs. */
  dialog = $state<"keys" | "about" | null>(null);
  /** The report saved from the menu in the current step. */
  saved = $state.raw<Saved | null>(null);
  /** The general text box that was last pasted into, or `null` for a paste outside a text box. */
  pastedInto = $state<string | null>(null);
  /** The mini window is open. */
  strip = $state(false);
  /** The desktop keeps the mini window on top. */
  staysOnTop = $state(true);
  /** A file is held over the window. */
  held = $state(false);

  readonly backend: Backend;
  /** Drafts of the open setup by box name. They are kept when the step changes. */
  private drafts = new Map<string, Draft>();
  /** Requests that wait for a view with this revision. */
  private waiting: { revision: number; here: () => void }[] = [];

  constructor(backend: Backend) {
    this.backend = backend;
    backend.hover((held) => (this.held = held));
    void this.ask(() => backend.watch((view) => this.show(view)));
  }

  /** The open setup. Throws if there is none, so use it only inside a step. */
  get setup(): SetupView {
    const setup = this.view?.setup;
    if (!setup) throw new Error("no setup is open");
    return setup;
  }

  /** AWS certificates, the most certain first. Excludes the one seen in nOps. */
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

  /** The current step has no tasks left, so Continue is the filled button. */
  get settled(): boolean {
    return this.step.status.kind === "done" || this.step.skipped;
  }

  /** The style of a step's main button: filled unless Continue is. */
  get look(): "" | "main" {
    return this.settled ? "" : "main";
  }

  /** The step before (-1) or after (1) the current one. */
  neighbour(distance: -1 | 1): StepView | undefined {
    const number = this.step.number + distance;
    return this.setup.steps.find((step) => step.number === number);
  }

  /** Goes to the step before (-1) or after (1) the current one. */
  async move(distance: -1 | 1): Promise<Failure | null> {
    const to = this.neighbour(distance);
    return to ? this.act({ kind: "go", step: to.step }) : null;
  }

  /** Returns the draft with this name, and creates it on first use. Don't use it for secrets. */
  draft(name: string, source: ConstructorParameters<typeof Draft>[0] = {}): Draft {
    const known = this.drafts.get(name);
    if (known) return known;
    const draft = new Draft(source);
    this.drafts.set(name, draft);
    return draft;
  }

  /** Sends an action. Resolves after the view with its result is shown. */
  async act(action: Action): Promise<Failure | null> {
    if (LEAVES.has(action.kind))
      await Promise.all([...this.drafts.values()].map((draft) => draft.send()));
    const answer = await this.ask(() => this.backend.act(action));
    if (answer?.status === "ok") await this.shows(answer.data);
    return answer?.status === "error" ? answer.error : null;
  }

  private shows(revision: number): Promise<void> {
    if ((this.view?.revision ?? 0) >= revision) return Promise.resolve();
    return new Promise((here) => this.waiting.push({ revision, here }));
  }

  openPage(page: Page): Promise<Failure | null> {
    return this.refusal(() => this.backend.openPage(page));
  }

  /** Saves a file. `saved` is `null` if the user cancels. */
  async save(document: Document): Promise<{ saved: Saved | null; failure: Failure | null }> {
    const answer = await this.ask(() => this.backend.save(document));
    if (answer?.status === "error") return { saved: null, failure: answer.error };
    const saved = answer?.data ?? null;
    if (saved) this.say(t("saved-as", { file: saved.file }));
    return { saved, failure: null };
  }

  /** Saves the report for the menu command and its shortcut. */
  async saveReport(): Promise<Failure | null> {
    const { saved, failure } = await this.save({ kind: "report_html", people: false });
    this.saved = saved ?? this.saved;
    return failure;
  }

  openSaved({ number }: Saved): Promise<Failure | null> {
    return this.refusal(() => this.backend.openSaved(number));
  }

  showSaved({ number }: Saved): Promise<Failure | null> {
    return this.refusal(() => this.backend.showSaved(number));
  }

  /** Reads a paste outside a text box: files, or else text of any kind. */
  async paste(text: string, html: string, files: boolean): Promise<Failure | null> {
    if (!this.view?.setup) return { code: "no_setup", params: {} };
    this.pastedInto = null;
    // Some webviews don't report clipboard types, so the clipboard may still hold files.
    if (files || text === "") {
      const answer = await this.ask(() => this.backend.pasteFiles());
      if (answer?.status !== "ok") return answer?.error ?? null;
      if (answer.data) return null;
    }
    if (text === "" && html === "") return { code: "nothing_to_paste", params: {} };
    return this.act({ kind: "paste", text, html: html === "" ? null : html });
  }

  chooseFile(): Promise<Failure | null> {
    return this.refusal(() => this.backend.chooseFile());
  }

  zoomIn(): Promise<Failure | null> {
    return this.refusal(() => this.backend.zoomIn());
  }

  openFolder(): Promise<Failure | null> {
    return this.refusal(() => this.backend.openFolder());
  }

  /** Sets the window frame to the page's color theme. */
  colours(theme: Theme): Promise<Failure | null> {
    return this.refusal(() => this.backend.colours(theme));
  }

  /** Returns the data for the About dialog, or `null` if the core is gone. */
  async about(): Promise<About | null> {
    const answer = await this.ask(async () => ({
      status: "ok" as const,
      data: await this.backend.about(),
    }));
    return answer?.status === "ok" ? answer.data : null;
  }

  async companion(on: boolean): Promise<Failure | null> {
    const answer = await this.ask(() => this.backend.companion(on));
    if (answer?.status !== "ok") return answer?.error ?? null;
    this.strip = on;
    if (on) this.staysOnTop = answer.data;
    return null;
  }

  /**
   * Copies a value and announces where to paste it, if it belongs to a transfer. `button` names the button that
   * then shows "Copied".
   */
  async copy(what: Copyable, button: string): Promise<Failure | null> {
    const failure = await this.refusal(() => this.backend.copy(what));
    if (!failure) this.showCopied(button, this.wireWith(what));
    return failure;
  }

  private showCopied(button: string, wire?: Wire): void {
    this.copied = button;
    this.say(
      wire
        ? t("copied-says", { label: t(wire.to_label), side: t(`side-${wire.to_side}`) })
        : t("copied-plain"),
    );
  }

  async emptyClipboard(): Promise<Failure | null> {
    const failure = await this.refusal(() => this.backend.emptyClipboard());
    if (!failure) {
      this.copied = null;
      this.say(t("dry-run-clipboard-done"));
    }
    return failure;
  }

  async copyWire(wire: Wire): Promise<Failure | null> {
    const failure = await this.refusal(() => this.backend.copy(wire.copy));
    if (failure) return failure;
    this.taken = new Set([...this.taken, this.place(wire)]);
    this.showCopied(wireButton(wire), wire);
    return null;
  }

  /** Returns whether this value was copied for this transfer. A changed value doesn't count as copied. */
  isTaken(wire: Wire): boolean {
    return this.taken.has(this.place(wire));
  }

  /** Returns whether the user confirmed that this value was pasted into the box with this label. */
  isPasted(wire: Wire, label: string): boolean {
    return this.pasted.has(this.place(wire, label));
  }

  sayPasted(wire: Wire, label: string, pasted: boolean): void {
    const others = [...this.pasted].filter((place) => place !== this.place(wire, label));
    this.pasted = new Set(pasted ? [...others, this.place(wire, label)] : others);
  }

  private place(wire: Wire, label = ""): string {
    return JSON.stringify([this.setup.id, this.setup.current, wire.number, wire.value, label]);
  }

  /** The transfer with this number in the current step. */
  wire(number: number): Wire | undefined {
    return this.step.wires.find((wire) => wire.number === number);
  }

  private wireWith(what: Copyable): Wire | undefined {
    if (!this.view?.setup) return undefined;
    return this.step.wires.find((wire) => JSON.stringify(wire.copy) === JSON.stringify(what));
  }

  /** Announces a sentence in the live region, even if it repeats the last one. */
  say(sentence: string): void {
    const same = untrack(() => this.said) === sentence;
    this.said = same ? `${sentence}\u00a0` : sentence;
  }

  private show(view: View): void {
    if (this.view && view.revision < this.view.revision) return;
    if (this.view?.setup?.current !== view.setup?.current) {
      this.copied = null;
      this.lit = null;
      this.failures.clear();
      this.saved = null;
      this.pastedInto = null;
    }
    if (this.view?.setup?.id !== view.setup?.id) this.drafts.clear();
    this.view = view;
    for (const draft of this.drafts.values()) draft.see();
    const came = this.waiting.filter((one) => one.revision <= view.revision);
    this.waiting = this.waiting.filter((one) => one.revision > view.revision);
    for (const one of came) one.here();
  }

  private async refusal(request: () => Promise<Answer<unknown>>): Promise<Failure | null> {
    const answer = await this.ask(request);
    return answer?.status === "error" ? answer.error : null;
  }

  /** A rejected promise means that the core is gone, not that it refused the request. */
  private async ask<T>(request: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    try {
      return await request();
    } catch {
      this.lost = true;
      return null;
    }
  }
}

/** Actions that close the current boxes. Unsent text is sent first. */
const LEAVES: ReadonlySet<Action["kind"]> = new Set(["go", "close", "create", "resume"]);

/** The name of a transfer's copy button. */
export const wireButton = (wire: Wire): string => `${wire.number} ${wire.to_label}`;

const KEY = Symbol("session");

export const provideSession = (session: Session): Session => setContext(KEY, session);

/** Returns the session from the component context. */
export const useSession = (): Session => getContext<Session>(KEY);
