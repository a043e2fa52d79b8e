import type { Session } from "./session.svelte";
import { t } from "./words";

/** The keys that work everywhere in the window. */
export function keyboard(event: KeyboardEvent, session: Session, list: () => void): void {
  if (!session.view || session.lost || document.querySelector("dialog[open]")) return;
  if (press(event, session, list)) event.preventDefault();
}

/**
 * What is pasted beside every box is read for what it is; in a box, copied files are.
 * A dialog keeps what is pasted in it.
 */
export function paste(event: ClipboardEvent, session: Session): void {
  const { clipboardData } = event;
  if (!clipboardData || !session.view || session.lost || event.defaultPrevented) return;
  const inBox = typing(event.target);
  const files = clipboardData.types.some((type) => type === "Files" || type === "text/uri-list");
  if (document.querySelector("dialog[open]") || (inBox && !files)) return;
  event.preventDefault();
  if (!session.view.setup) {
    session.unpasted = { code: "no_setup", params: {} };
    return;
  }
  void session.paste(
    clipboardData.getData("text/plain"),
    clipboardData.getData("text/html"),
    files,
  );
}

/** Whether the key was one of ours. */
function press(event: KeyboardEvent, session: Session, list: () => void): boolean {
  const { key, ctrlKey: ctrl, altKey: alt, metaKey: meta, shiftKey: shift } = event;
  // An input method is still composing.
  if (event.isComposing) return false;
  if (key === "F6") return otherSide(shift);
  if (key === "?" && !ctrl && !alt && !meta && !typing(event.target)) return done(list);
  // The menu has Ctrl and the key of =; this is every other way to type +.
  if ((ctrl || meta) && !alt && key === "+") return done(() => void session.zoomIn());
  // On a Mac, these move by words in a box.
  const byWords = typing(event.target) && /^Mac/.test(navigator.platform);
  if (alt && !ctrl && !byWords && key === "ArrowRight") return click("continue");
  if (alt && !ctrl && !byWords && key === "ArrowLeft") return click("back");
  // Outside a box, a webview would mark the whole window like a web page.
  if ((ctrl || meta) && !alt && !shift && key.toLowerCase() === "a" && !typing(event.target))
    return true;
  if (!session.view?.setup) return false;
  if (ctrl && !alt && key.toLowerCase() === "k")
    return done(() => void session.companion(!session.strip));
  if (ctrl && !alt && /^[1-9]$/.test(key)) return copy(Number(key), session);
  return false;
}

function done(act: () => void): true {
  act();
  return true;
}

/** Whether keys enter text here. */
function typing(target: EventTarget | null): boolean {
  const boxes = "input, textarea, select, [role=textbox], [role=combobox]";
  return target instanceof HTMLElement && (target.matches(boxes) || isEditable(target));
}

const isEditable = (target: HTMLElement): boolean =>
  target.closest("[contenteditable]:not([contenteditable=false])") !== null;

/** Presses Continue or Back in the footer, where there is one. */
export function click(action: string): boolean {
  const button = document.querySelector<HTMLElement>(`.foot [data-action="${action}"]`);
  button?.click();
  return button !== null;
}

/** The number's button where it is on show, so that it says what became of it; else the wire itself. */
function copy(number: number, session: Session): boolean {
  const button = document.querySelector<HTMLElement>(`button[data-copy="${number}"]`);
  if (button) return done(() => button.click());
  const wire = session.wire(number);
  if (!wire) return false;
  return done(
    () =>
      void session.copyWire(wire).then((failure) => {
        if (failure) session.say(t(`failure-${failure.code}`, failure.params));
      }),
  );
}

function otherSide(backwards: boolean): boolean {
  const sides = [...document.querySelectorAll<HTMLElement>(".side")];
  if (sides.length === 0) return false;
  const at = sides.findIndex((side) => side.contains(document.activeElement));
  const next =
    at < 0
      ? backwards
        ? sides.length - 1
        : 0
      : (at + (backwards ? sides.length - 1 : 1)) % sides.length;
  sides[next]?.focus();
  return true;
}
