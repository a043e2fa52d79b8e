/** The keyboard shortcuts of this platform. `src-tauri/src/shortcuts.rs` lists them. */
import { SHORTCUTS } from "./bindings";

export type ShortcutName = keyof typeof SHORTCUTS;

const isMac = (): boolean => /^Mac/.test(navigator.platform);
export const isWindows = (): boolean => /^Win/.test(navigator.platform);

const keysOf = (name: ShortcutName): string => SHORTCUTS[name][isMac() ? "mac" : "usual"];

/** Returns whether a key press is this shortcut. Shift counts only with a letter. */
export function isShortcut(name: ShortcutName, event: KeyboardEvent): boolean {
  const modifiers = keysOf(name).split("+");
  const key = modifiers.pop() ?? "";
  const pressed = event.key.toLowerCase();
  return (
    event.ctrlKey === modifiers.includes("Ctrl") &&
    event.metaKey === modifiers.includes("Cmd") &&
    event.altKey === modifiers.includes("Alt") &&
    (event.shiftKey === modifiers.includes("Shift") || !/^[a-z]$/.test(pressed)) &&
    (key === "1…9" ? /^[1-9]$/.test(pressed) : pressed === key.toLowerCase())
  );
}

const LABELS: Record<string, string> = {
  "-": "−",
  "=": "+",
  ArrowLeft: "←",
  ArrowRight: "→",
  Cmd: "⌘",
  Escape: "Esc",
};

/** Returns the labels of the keys, with the modifiers of the first shortcut. */
export function keyLabels(names: ShortcutName[]): string[] {
  const all = names.map((name) => keysOf(name).split("+"));
  const modifiers = all[0]?.slice(0, -1) ?? [];
  const labels = [...modifiers, ...all.map((keys) => keys.at(-1) ?? "")];
  return labels.map((key) => LABELS[key] ?? key);
}

/** Returns a shortcut as a text names it: `Ctrl+V`, or `⌘V` on macOS. */
export const shortcutText = (name: ShortcutName): string =>
  keyLabels([name]).join(isMac() ? "" : "+");

/** Returns the value of `aria-keyshortcuts`. */
export function ariaKeys(name: ShortcutName, number?: number): string {
  const keys = keysOf(name).replace("1…9", String(number));
  return keys.replace("Ctrl", "Control").replace("Cmd", "Meta");
}
