import type { Session } from "./session.svelte";
import { t } from "./words";

/** Handles the global keyboard shortcuts. */
export function keyboard(event: KeyboardEvent, session: Session, list: () => void): void {
  if (!session.view || session.lost || document.querySelector("dialog[open]")) return;
  if (press(event, session, list)) event.preventDefault();
}

/**
 * Handles a paste: outside a text box, reads text or files of any kind; inside a text box, reads only files.
 * Ignores pastes in a dialog.
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

/** Handles a shortcut. Returns whether the key was one. */
function press(event: KeyboardEvent, session: Session, list: () => void): boolean {
  const { key, ctrlKey: ctrl, altKey: alt, metaKey: meta, shiftKey: shift } = event;
  // An input method is still composing.
  if (event.isComposing) return false;
  if (key === "F6") return otherSide(shift);
  if (key === "?" && !ctrl && !alt && !meta && !typing(event.target)) return done(list);
  // The native menu handles Ctrl and =. This handles every other way to type +.
  if ((ctrl || meta) && !alt && key === "+") return done(() => void session.zoomIn());
  // On a Mac, these keys move by words in a text box.
  const byWords = typing(event.target) && /^Mac/.test(navigator.platform);
  if (alt && !ctrl && !byWords && key === "ArrowRight") return click("continue");
  if (alt && !ctrl && !byWords && key === "ArrowLeft") return click("back");
  // Outside a text box, the webview would select the whole page.
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

/** Returns whether the target takes typed text. */
function typing(target: EventTarget | null): boolean {
  const boxes = "input, textarea, select, [role=textbox], [role=combobox]";
  return target instanceof HTMLElement && (target.matches(boxes) || isEditable(target));
}

const isEditable = (target: HTMLElement): boolean =>
  target.closest("[contenteditable]:not([contenteditable=false])") !== null;

/** Presses Continue or Back in the footer, if present. */
export function click(action: string): boolean {
  const button = document.querySelector<HTMLElement>(`.foot [data-action="${action}"]`);
  button?.click();
  return button !== null;
}

/** Clicks the visible copy button, so that it shows the result. Otherwise, copies the transfer directly. */
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
