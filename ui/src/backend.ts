import type {
  AboutInfo,
  Action,
  MenuCommand,
  CopyableValue,
  Document,
  Failure,
  Page,
  PeoplePage,
  Saved,
  ShellCommand,
  View,
} from "./bindings";
import type { Theme } from "./theme.svelte";

/**
 * The result of a command: its data, or the reason why the core refused it. The promise rejects if
 * the core has stopped responding.
 */
export type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Failure };

/**
 * Everything that the UI can request. Tauri implements it in the app, and recorded views implement
 * it in the gallery.
 */
export interface Backend {
  /** Calls `show` with the current view and with every later view, in order. */
  watch(show: (view: View) => void): Promise<Answer<null>>;
  /** Resolves to the revision of the first view that includes the result of the action. */
  act(action: Action): Promise<Answer<number>>;
  /** Returns one page of the people listed in step 9. */
  people(offset: number, limit: number): Promise<Answer<PeoplePage>>;
  copy(what: CopyableValue): Promise<Answer<null>>;
  emptyClipboard(): Promise<Answer<null>>;
  openPage(page: Page): Promise<Answer<null>>;
  /** Reads files from the clipboard. Returns `false` if the clipboard has no files. */
  pasteFiles(): Promise<Answer<boolean>>;
  /** Returns `false` if the user cancels. */
  chooseFile(): Promise<Answer<boolean>>;
  /** Returns the saved file, or `null` if the user cancels. */
  save(document: Document): Promise<Answer<Saved | null>>;
  /** Opens a saved file, identified by its number. */
  openSaved(number: number): Promise<Answer<null>>;
  /** Opens the folder that contains a saved file. */
  showSaved(number: number): Promise<Answer<null>>;
  /** Turns the mini window on or off. Returns whether the desktop keeps it on top. */
  miniWindow(on: boolean): Promise<Answer<boolean>>;
  /** Makes the window frame match the color theme of the page. */
  setWindowTheme(theme: Theme): Promise<Answer<null>>;
  /** Runs a command of the menu. */
  shell(command: ShellCommand): Promise<Answer<null>>;
  openFolder(): Promise<Answer<null>>;
  about(): Promise<AboutInfo>;
  /** Returns the text that `copy` copies as `support_details`. */
  supportDetails(): Promise<Answer<string>>;
  /**
   * Calls `over` while a file is dragged over the window. When the file is dropped, the core reads
   * it.
   */
  hover(over: (held: boolean) => void): void;
  /** Calls `chosen` with each command that is chosen in the native menu. */
  menu(chosen: (chosen: MenuCommand) => void): void;
}
