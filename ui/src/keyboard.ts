import { type Command, isEnabled, ready, runAndReport } from "./commands";
import type { Session } from "./session.svelte";
import { isShortcut, isWindows, type ShortcutName } from "./shortcuts";

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
  } else if ((selectsPage(event) && ready(session)) || (isWindows() && isBrowserKey(event))) {
    event.preventDefault();
  }
}

/**
 * The commands of the shortcuts. On Windows, the page gets all keys. Elsewhere, the menu handles its
 * shortcuts first, except while it's hidden.
 */
const COMMANDS: [ShortcutName, Command][] = [
  ["continue", { kind: "continue" }],
  ["back", { kind: "back" }],
  ["mini-window", { kind: "mini_window" }],
  ["setups", { kind: "setups" }],
  ["save", { kind: "save" }],
  ["keys", { kind: "keys" }],
  ["zoom-in", { kind: "shell", command: "zoom_in" }],
  ["zoom-out", { kind: "shell", command: "zoom_out" }],
  ["zoom-reset", { kind: "shell", command: "zoom_reset" }],
  ["quit", { kind: "shell", command: "quit" }],
];

function shortcut(event: KeyboardEvent): Command | null {
  const { key, ctrlKey: ctrl, altKey: alt, metaKey: meta, shiftKey: shift } = event;
  if (isShortcut("side", event)) return { kind: "switch_side", backwards: shift };
  if (key === "?" && !ctrl && !alt && !meta && !isTextBox(event.target)) return { kind: "keys" };
  // The shortcut has the key =. This code handles all other ways to type +.
  if ((ctrl || meta) && !alt && key === "+") return { kind: "shell", command: "zoom_in" };
  if (isShortcut("copy-value", event)) return { kind: "copy_transfer", number: Number(key) };
  return COMMANDS.find(([name]) => isShortcut(name, event))?.[1] ?? null;
}

/**
 * Returns whether WebView2 would do something that a browser does, such as print, search or reload.
 * Editing a text also has shortcuts with Ctrl.
 */
function isBrowserKey({ key, ctrlKey, altKey }: KeyboardEvent): boolean {
  if (altKey) return false;
  if (/^F\d+$/.test(key)) return key !== "F10";
  return ctrlKey && key.length === 1 && !"acvxyz".includes(key.toLowerCase());
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

/** Returns whether the user can type text into the target. */
function isTextBox(target: EventTarget | null): boolean {
  const boxes = "input, textarea, select, [role=textbox], [role=combobox]";
  const editable = "[contenteditable]:not([contenteditable=false])";
  return (
    target instanceof HTMLElement && (target.matches(boxes) || Boolean(target.closest(editable)))
  );
}
