import { type Command, isEnabled, ready, runAndReport } from "./commands";
import type { Session } from "./session.svelte";

/** Runs the command for a keyboard shortcut. */
export function keyboard(event: KeyboardEvent, session: Session): void {
  // The user is still composing text with an input method.
  if (event.isComposing) return;
  // The focus may have moved to another button, and holding down Enter must not press that button.
  if (event.repeat && event.key === "Enter" && isButton(event.target)) event.preventDefault();
  const command = shortcut(event);
  if (command && isEnabled(session, command)) {
    event.preventDefault();
    void runAndReport(session, command);
  } else if (selectsPage(event) && ready(session)) {
    event.preventDefault();
  }
}

function shortcut(event: KeyboardEvent): Command | null {
  const { key, ctrlKey: ctrl, altKey: alt, metaKey: meta, shiftKey: shift } = event;
  const inBox = isTextBox(event.target);
  if (key === "F6") return { kind: "switch_side", backwards: shift };
  if (key === "?" && !ctrl && !alt && !meta && !inBox) return { kind: "keys" };
  // The native menu handles Ctrl and =. This code handles all other ways to type +.
  if ((ctrl || meta) && !alt && key === "+") return { kind: "zoom_in" };
  // On a Mac, Alt and an arrow key move by one word in a text box, unless the text box is empty.
  const byWords = inBox && /^Mac/.test(navigator.platform) && !isEmptyBox(event.target);
  if (alt && !ctrl && !byWords && key === "ArrowRight") return { kind: "continue" };
  if (alt && !ctrl && !byWords && key === "ArrowLeft") return { kind: "back" };
  if (ctrl && !alt && key.toLowerCase() === "k") return { kind: "mini_window" };
  if (ctrl && !alt && /^[1-9]$/.test(key)) return { kind: "copy_transfer", number: Number(key) };
  return null;
}

/** Outside a text box, the webview would select everything on the page. */
function selectsPage({ key, ctrlKey, altKey, metaKey, shiftKey, target }: KeyboardEvent): boolean {
  const pressed = (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === "a";
  return pressed && !isTextBox(target);
}

/**
 * Handles a paste. Outside a text box, reads text or files of any kind. Inside a text box, reads
 * only files. Ignores a paste in a dialog.
 */
export function paste(event: ClipboardEvent, session: Session): void {
  const { clipboardData: data } = event;
  if (!data || event.defaultPrevented) return;
  const files = data.types.some((type) => type === "Files" || type === "text/uri-list");
  if (isTextBox(event.target) && !files) return;
  const [text, html] = [data.getData("text/plain"), data.getData("text/html")];
  const command: Command = { kind: "paste", text, html, files };
  if (!isEnabled(session, command)) return;
  event.preventDefault();
  void runAndReport(session, command);
}

const isButton = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("button, summary, a") !== null;

const isEmptyBox = (target: EventTarget | null): boolean =>
  (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) &&
  target.value === "";

/** Returns whether the user can type text into the target. */
function isTextBox(target: EventTarget | null): boolean {
  const boxes = "input, textarea, select, [role=textbox], [role=combobox]";
  const editable = "[contenteditable]:not([contenteditable=false])";
  return (
    target instanceof HTMLElement && (target.matches(boxes) || Boolean(target.closest(editable)))
  );
}
