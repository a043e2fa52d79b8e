import { getContext, setContext, untrack } from "svelte";

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
 * What the window knows: the newest view, what was copied last, and what the live region says.
 * Every request answers with the core's refusal, or nothing when it was accepted.
 */
export class Session {
  view = $state.raw<View | null>(null);
  /** The core no longer answers. */
  lost = $state(false);
  /** What the live region says. */
  said = $state("");
  /** The copy button that shows "Copied". */
  copied = $state<string | null>(null);
  /** What was copied, and what the person says was pasted, in every step since the window was opened. */
  private taken = $state.raw<ReadonlySet<string>>(new Set());
  private pasted = $state.raw<ReadonlySet<string>>(new Set());
  /** The wire whose two ends are marked. */
  lit = $state<number | null>(null);
  /** The person wants the clipboard emptied once a response was pasted from it. */
  emptiesClipboard = $state(false);
  /** Why what was pasted beside every box could not be read. */
  unpasted = $state.raw<Failure | null>(null);
  /** The report that was saved from the menu in the step on show, and why it could not be. */
  saved = $state.raw<Saved | null>(null);
  unsaved = $state.raw<Failure | null>(null);
  /** The box for text of any kind that was pasted into last; none for what was pasted beside every box. */
  pastedInto = $state<string | null>(null);
  /** The window is the narrow strip. */
  strip = $state(false);
  /** The desktop keeps the strip above other windows. */
  staysOnTop = $state(true);
  /** A file is held over the window. */
  held = $state(false);

  readonly backend: Backend;
  /** What was typed in the open setup, by box. It stays when a step is left. */
  private drafts = new Map<string, Draft>();
  /** Whoever waits for a view, by its revision. */
  private waiting: { revision: number; here: () => void }[] = [];

  constructor(backend: Backend) {
    this.backend = backend;
    backend.hover((held) => (this.held = held));
    void this.ask(() => backend.watch((view) => this.show(view)));
  }

  /** The open setup. Only steps that live in one may ask. */
  get setup(): SetupView {
    const setup = this.view?.setup;
    if (!setup) throw new Error("no setup is open");
    return setup;
  }

  /** The certificates that are AWS's, the best known first; not the one that nOps was seen to hold. */
  get awsCertificates(): CertificateView[] {
    return this.setup.certificates.filter((one) => one.field !== "nops_x509");
  }

  /** The step on show. */
  get step(): StepView {
    return this.stepNamed(this.setup.current);
  }

  stepNamed(name: Step): StepView {
    const found = this.setup.steps.find((step) => step.step === name);
    if (!found) throw new Error(`the view has no step ${name}`);
    return found;
  }

  /** Nothing is left to do in the current step, so Continue is the filled button. */
  get settled(): boolean {
    return this.step.status.kind === "done" || this.step.skipped;
  }

  /** The look of a step's main button: filled unless Continue is. */
  get look(): "" | "main" {
    return this.settled ? "" : "main";
  }

  /** The step before (-1) or after (1) the one on show. */
  neighbour(distance: -1 | 1): StepView | undefined {
    const number = this.step.number + distance;
    return this.setup.steps.find((step) => step.number === number);
  }

  /** The draft of the box with this name, made when it is first shown. Never for a secret. */
  draft(name: string, source: ConstructorParameters<typeof Draft>[0] = {}): Draft {
    const known = this.drafts.get(name);
    if (known) return known;
    const draft = new Draft(source);
    this.drafts.set(name, draft);
    return draft;
  }

  /** Answers once the view that shows what came of the action is on show. */
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

  /** Saves a file; none where the person canceled. */
  async save(document: Document): Promise<{ saved: Saved | null; failure: Failure | null }> {
    const answer = await this.ask(() => this.backend.save(document));
    if (answer?.status === "error") return { saved: null, failure: answer.error };
    const saved = answer?.data ?? null;
    if (saved) this.say(t("saved-as", { file: saved.file }));
    return { saved, failure: null };
  }

  /** Saves the report, as the menu and its key ask for it. */
  async saveReport(): Promise<void> {
    const { saved, failure } = await this.save({ kind: "report_html", people: false });
    this.unsaved = failure;
    this.saved = saved ?? this.saved;
  }

  openSaved({ number }: Saved): Promise<Failure | null> {
    return this.refusal(() => this.backend.openSaved(number));
  }

  showSaved({ number }: Saved): Promise<Failure | null> {
    return this.refusal(() => this.backend.showSaved(number));
  }

  /** Reads what was pasted beside every box: copied files, else text of any kind. */
  async paste(text: string, html: string, files: boolean): Promise<void> {
    this.unpasted = null;
    this.pastedInto = null;
    // A clipboard whose kinds the webview does not tell may hold files too.
    if (files || text === "") {
      const answer = await this.ask(() => this.backend.pasteFiles());
      if (answer?.status === "error") this.unpasted = answer.error;
      if (answer?.status !== "ok" || answer.data) return;
    }
    if (text === "" && html === "") {
      this.unpasted = { code: "nothing_to_paste", params: {} };
      return;
    }
    this.unpasted = await this.act({ kind: "paste", text, html: html === "" ? null : html });
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

  /** Gives the window's frame the colours of the page. */
  colours(theme: Theme): Promise<Failure | null> {
    return this.refusal(() => this.backend.colours(theme));
  }

  /** What an about box says; nothing when the core is gone. */
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

  /** Copies something; `button` names the control that then shows "Copied". */
  async copy(what: Copyable, button: string, says: string): Promise<Failure | null> {
    const failure = await this.refusal(() => this.backend.copy(what));
    if (!failure) {
      this.copied = button;
      this.say(says);
    }
    return failure;
  }

  async emptyClipboard(): Promise<Failure | null> {
    const failure = await this.refusal(() => this.backend.emptyClipboard());
    if (!failure) {
      this.copied = null;
      this.say(t("dry-run-clipboard-done"));
    }
    return failure;
  }

  /** Copies a wire's value and says where to paste it. */
  async copyWire(wire: Wire, button = wireButton(wire)): Promise<Failure | null> {
    const label = t(wire.to_label);
    const failure = await this.copy(
      wire.copy,
      button,
      t("copied-says", { label, side: t(`side-${wire.to_side}`) }),
    );
    if (!failure) this.taken = new Set([...this.taken, this.place(wire)]);
    return failure;
  }

  /** This value was copied for this place; another value there was not. */
  isTaken(wire: Wire): boolean {
    return this.taken.has(this.place(wire));
  }

  /** The person says that this value was pasted into the box with this label; nothing here has seen it. */
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

  /** The wire with this number in the step on show. */
  wire(number: number): Wire | undefined {
    return this.step.wires.find((wire) => wire.number === number);
  }

  /** Says a sentence in the live region, also when it is the one said last. */
  say(sentence: string): void {
    const same = untrack(() => this.said) === sentence;
    this.said = same ? `${sentence}\u00a0` : sentence;
  }

  private show(view: View): void {
    if (this.view && view.revision < this.view.revision) return;
    if (this.view?.setup?.current !== view.setup?.current) {
      this.copied = null;
      this.lit = null;
      this.unpasted = null;
      this.saved = null;
      this.unsaved = null;
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

  /** A rejected request means that the core is gone, not that it refused. */
  private async ask<T>(request: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    try {
      return await request();
    } catch {
      this.lost = true;
      return null;
    }
  }
}

/** Actions after which the boxes on show are gone. What was typed in them is sent before. */
const LEAVES: ReadonlySet<Action["kind"]> = new Set(["go", "close", "create", "resume"]);

/** Names the copy button of a wire. */
export const wireButton = (wire: Wire): string => `${wire.number} ${wire.to_label}`;

const KEY = Symbol("session");

export const provideSession = (session: Session): Session => setContext(KEY, session);

/** The session of the window this component is in. */
export const useSession = (): Session => getContext<Session>(KEY);
