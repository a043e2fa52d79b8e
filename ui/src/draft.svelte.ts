import { tick } from "svelte";
import type { Attachment } from "svelte/attachments";

import type { Failure } from "./bindings";

type Box = HTMLInputElement | HTMLTextAreaElement;

interface Source {
  /** The text that the box shows while nothing is typed; empty without it. */
  stored?: () => string;
  /** Another value whenever the stored text was stored anew. */
  version?: () => string;
  /** Sends the text by itself: what `on` says makes it do so. */
  send?: (text: string, html: string | null) => Promise<Failure | null>;
  /** All of them without it. */
  on?: ("paste" | "pause" | "leave")[];
  /** The box is emptied once its text was accepted. */
  once?: boolean;
  /** The box says that it has to be filled in, and nothing is sent while it is empty. */
  required?: boolean | (() => boolean);
  /** The cells of a pasted table are sent too. */
  cells?: boolean;
}

/** How long typing pauses before the text is sent, in milliseconds. */
const PAUSE = 300;

/**
 * The text of one box: what was typed, what was sent, and what came back.
 *
 * A new view replaces the text only when it was sent, stored, and nobody is in the box. Everything else that
 * was typed stays until it is typed over or `clear` is called.
 */
export class Draft {
  /** Why the text was refused. */
  failure = $state.raw<Failure | null>(null);
  /** The text is required, and was empty when the form was sent. */
  missing = $state(false);
  private typed = $state.raw<string | null>(null);
  /** Where the typed text stands. Text that was refused stays `sent`. */
  private state = $state.raw<"unsent" | "sending" | "sent">("sent");
  private readonly source: Source;
  private box: Box | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The version of the stored text when the typed text was sent, and when the answer came. */
  private before = "";
  private after = $state.raw("");
  private focused = false;
  /** The selection in the focused box while another element takes its place. */
  private held: [number, number] | null = null;
  /** The table whose text is being pasted, as HTML. */
  private html: string | null = null;
  private sending: Promise<void> | null = null;

  constructor(source: Source = {}) {
    this.source = source;
  }

  get text(): string {
    return this.typed ?? this.source.stored?.() ?? "";
  }

  /** Somebody typed. */
  set text(text: string) {
    this.typed = text;
    this.state = "unsent";
    this.failure = null;
    this.missing = false;
    clearTimeout(this.timer);
    if (this.sendsOn("pause")) this.timer = setTimeout(() => void this.send(), PAUSE);
  }

  /** The box has to be filled in. */
  get required(): boolean {
    const { required } = this.source;
    return typeof required === "function" ? required() : Boolean(required);
  }

  get empty(): boolean {
    return this.text.trim() === "";
  }

  /** The stored text is shown. */
  get stored(): boolean {
    return this.typed === null;
  }

  /** The last result is about the text that is shown. */
  get answered(): boolean {
    if (this.typed === null) return true;
    return this.state === "sent" && !this.failure && this.version() === this.after;
  }

  /** Sends what was typed and not sent yet: by `request`, or as the box sends it by itself. */
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
    // Whoever typed on meanwhile asked something else.
    if (this.typed !== text || this.state !== "sending") return;
    this.state = "sent";
    this.after = this.version();
    this.failure = failure;
    if (!failure && this.source.once) this.clear();
    else this.see();
  }

  /** A new view arrived, or the box was left: the stored text may be shown again. */
  see(): void {
    if (this.typed === null || this.state !== "sent" || this.failure || this.focused) return;
    if (!this.source.version) return;
    if (this.version() !== this.before || this.source.stored?.() === this.typed) this.clear();
  }

  /** Forgets what was typed. */
  clear(): void {
    clearTimeout(this.timer);
    this.typed = null;
    this.state = "sent";
    this.failure = null;
    this.missing = false;
  }

  focus(): void {
    this.box?.focus();
  }

  /** Ties the draft to the element that shows it. */
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
    // Without a replacement in the same update, the box is gone.
    void tick().then(() => (this.held = null));
  }

  /** Moves focus and selection from the replaced box to this one. */
  private resume(box: Box, [start, end]: [number, number]): void {
    this.held = null;
    box.focus();
    box.setSelectionRange(start, end);
    this.focused = true;
  }

  private take(text: string, event: Event): void {
    const pasted = event instanceof InputEvent && event.inputType.startsWith("insertFrom");
    if (!pasted) this.html = null;
    this.text = text;
    if (pasted && this.sendsOn("paste")) void this.send();
  }

  private paste(event: Event): void {
    if (!this.source.cells || !(event instanceof ClipboardEvent)) return;
    const data = event.clipboardData;
    this.html = data?.getData("text/html") || null;
    if (!this.html) return;
    // The box holds one table: a second one takes the place of the first, wherever the caret is.
    this.box?.select();
    if (data?.getData("text/plain")) return;
    // A clipboard with nothing but cells pastes no text by itself.
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

/** Marks the required boxes that are empty and goes to the first; whether none is. */
export function complete(...required: Draft[]): boolean {
  const empty = required.filter((draft) => draft.empty);
  for (const draft of empty) draft.missing = true;
  empty[0]?.focus();
  return empty.length === 0;
}
