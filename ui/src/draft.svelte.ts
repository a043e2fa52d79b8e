import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";

import type { Failure } from "./bindings";

type Box = HTMLInputElement | HTMLTextAreaElement;

interface Source {
  /** Returns the text to show if nothing is typed. The default is an empty string. */
  stored?: () => string;
  /** Returns a value that changes whenever the text is stored again. */
  version?: () => string;
  /** Sends the text. Called automatically for the events in `on`. */
  send?: (text: string, html: string | null) => Promise<Failure | null>;
  /** The events that send the text. The default is all events. */
  on?: ("paste" | "pause" | "leave")[];
  /** Whether the sent text was accepted, so that the stored text can replace it. */
  accepted?: () => boolean;
  /** Whether pasted text was stored, in this box or in others, so that the stored text replaces it. */
  placed?: () => boolean;
  /** A pasted text of several lines replaces the box's whole text. */
  replaces?: boolean;
  /** Clear the box after its text is accepted. */
  once?: boolean;
  /** Mark the box as required, and send nothing while it is empty. */
  required?: boolean | (() => boolean);
  /** Also send the cells of a pasted table. */
  cells?: boolean;
}

/** The number of milliseconds without typing after which the text is sent. */
const PAUSE = 300;

/**
 * The text of one box, with its sending state and the result. The stored text replaces the typed
 * text only after the typed text was sent and stored, and only while the box isn't focused.
 * Otherwise, typed text stays until it's replaced or `clear` is called.
 */
export class Draft {
  /** The reason why the text was refused. */
  failure = $state.raw<Failure | null>(null);
  /** The reason why an earlier text was refused, until the next result. It keeps its place. */
  earlier = $state.raw<Failure | null>(null);
  /** Whether the text is required but was empty on submit. */
  missing = $state(false);
  private typed = $state.raw<string | null>(null);
  /** The sending state of the typed text. Text that was refused stays `sent`. */
  private state = $state.raw<"unsent" | "sending" | "sent">("sent");
  private readonly source: Source;
  private box: Box | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The version of the stored text when the typed text was sent, and when the result arrived. */
  private before = "";
  private after = $state.raw("");
  private focused = false;
  /** The selection in the focused box, kept while another element replaces the box. */
  private held: [number, number] | null = null;
  /** Whether the typed text was pasted. */
  private pasted = false;
  /** The HTML of a table that is being pasted. */
  private html: string | null = null;
  private sending: Promise<void> | null = null;

  constructor(source: Source = {}) {
    this.source = source;
  }

  get text(): string {
    return this.typed ?? this.source.stored?.() ?? "";
  }

  /** Replaces the typed text and schedules sending it. */
  set text(text: string) {
    this.typed = text;
    this.state = "unsent";
    this.earlier = this.failure ?? this.earlier;
    this.failure = null;
    this.missing = false;
    clearTimeout(this.timer);
    if (this.sendsOn("pause")) this.timer = setTimeout(() => void this.send(), PAUSE);
  }

  get required(): boolean {
    const { required } = this.source;
    return typeof required === "function" ? required() : Boolean(required);
  }

  get empty(): boolean {
    return this.text.trim() === "";
  }

  /** Whether the box shows the stored text. */
  get stored(): boolean {
    return this.typed === null;
  }

  /** Whether the last result applies to the current text. */
  get answered(): boolean {
    if (this.typed === null) return true;
    return this.state === "sent" && !this.failure && this.version() === this.after;
  }

  /** Sends text that hasn't been sent yet, using `request` or the box's own `send`. */
  send(request = this.source.send): Promise<void> {
    clearTimeout(this.timer);
    if (this.state !== "unsent" || this.typed === null || !request)
      return this.sending ?? Promise.resolve();
    this.missing = this.required && this.empty;
    if (!this.missing) this.sending = this.ask(request, this.typed);
    return this.sending ?? Promise.resolve();
  }

  private async ask(request: NonNullable<Source["send"]>, text: string): Promise<void> {
    this.state = "sending";
    this.before = this.version();
    const failure = await request(text, this.html);
    // The text has changed in the meantime, so this result no longer applies.
    if (this.typed !== text || this.state !== "sending") return;
    this.state = "sent";
    this.after = this.version();
    this.failure = failure;
    this.earlier = null;
    const isPlaced = !failure && this.pasted && this.source.placed?.();
    if (isPlaced || (!failure && this.source.once)) this.clear();
    else this.see();
  }

  /** Shows the stored text again if possible. Called when a new view arrives and on blur. */
  see(): void {
    if (this.typed === null || this.state !== "sent" || this.failure || this.focused) return;
    if (!this.source.version) return;
    const stored = this.source.stored?.();
    const isAccepted = Boolean(stored) && this.answered && this.source.accepted?.();
    if (this.version() !== this.before || stored === this.typed || isAccepted) this.clear();
  }

  /** Discards the typed text. */
  clear(): void {
    clearTimeout(this.timer);
    this.typed = null;
    this.state = "sent";
    this.failure = null;
    this.earlier = null;
    this.missing = false;
  }

  focus(): void {
    this.box?.focus();
  }

  /** Attaches the draft to its element. */
  readonly here: Attachment<Box> = (box) => {
    const before = this.box;
    if (before && this.focused) this.hold(before);
    this.box = box;
    this.focused = document.activeElement === box;
    if (this.held && !this.focused) this.resume(box, this.held);
    const listeners: [string, (event: Event) => void][] = [
      ["input", (event) => this.take(box.value, event)],
      ["paste", (event) => this.paste(event)],
      ["focus", () => (this.focused = true)],
      ["blur", () => this.leave()],
    ];
    for (const [name, listener] of listeners) box.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listeners) box.removeEventListener(name, listener);
      if (this.box !== box) return;
      this.box = null;
      if (this.focused) this.hold(box);
      this.leave();
    };
  };

  private hold(box: Box): void {
    this.held = [box.selectionStart ?? 0, box.selectionEnd ?? 0];
    // If no element replaces the box in this update, the box has been removed.
    void tick().then(() => (this.held = null));
  }

  /** Restores the focus and selection in the box that replaces the old box. */
  private resume(box: Box, [start, end]: [number, number]): void {
    this.held = null;
    box.focus();
    box.setSelectionRange(start, end);
    this.focused = true;
  }

  private take(text: string, event: Event): void {
    const pasted = event instanceof InputEvent && event.inputType.startsWith("insertFrom");
    if (!pasted) this.html = null;
    this.pasted = pasted;
    this.text = text;
    if (pasted && this.sendsOn("paste")) void this.send();
  }

  private paste(event: Event): void {
    if (!(event instanceof ClipboardEvent)) return;
    const data = event.clipboardData;
    if (this.source.replaces && data?.getData("text/plain").includes("\n")) this.box?.select();
    if (!this.source.cells) return;
    this.html = data?.getData("text/html") || null;
    if (!this.html) return;
    // The box contains one table, so pasting a second table replaces the first, wherever the caret
    // is.
    this.box?.select();
    if (data?.getData("text/plain")) return;
    // The clipboard has only HTML, so the browser wouldn't paste any text.
    event.preventDefault();
    this.text = this.html;
    void this.send();
  }

  private leave(): void {
    this.focused = false;
    if (this.sendsOn("leave")) void this.send();
    this.see();
  }

  private sendsOn(what: "paste" | "pause" | "leave"): boolean {
    return Boolean(this.source.send) && (this.source.on?.includes(what) ?? true);
  }

  private version(): string {
    return this.source.version?.() ?? "";
  }
}

/**
 * Marks the required boxes that are empty and focuses the first one. Returns whether all boxes are
 * filled in.
 */
export function complete(...required: Draft[]): boolean {
  const empty = required.filter((draft) => draft.empty);
  for (const draft of empty) draft.missing = true;
  empty[0]?.focus();
  return empty.length === 0;
}
