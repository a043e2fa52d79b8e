import type {
  About,
  Action,
  MenuCommand,
  Copyable,
  Document,
  Failure,
  Page,
  PeoplePage,
  Saved,
  View,
} from "./bindings";
import type { Theme } from "./theme.svelte";

/** A command's answer: its data, or why it was refused. A lost backend rejects instead. */
export type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Failure };

/** Everything the window can ask for. Tauri answers in the app; recorded views do in the gallery. */
export interface Backend {
  /** Calls `show` with the present view and every later one, in order. */
  watch(show: (view: View) => void): Promise<Answer<null>>;
  /** Answers the revision of the first view that shows what came of it. */
  act(action: Action): Promise<Answer<number>>;
  /** Rows of the people listed in step 9. */
  people(offset: number, limit: number): Promise<Answer<PeoplePage>>;
  copy(what: Copyable): Promise<Answer<null>>;
  emptyClipboard(): Promise<Answer<null>>;
  openPage(page: Page): Promise<Answer<null>>;
  /** Reads the files that were copied elsewhere; `false` where the clipboard has none. */
  pasteFiles(): Promise<Answer<boolean>>;
  /** `false` when the person cancelled. */
  chooseFile(): Promise<Answer<boolean>>;
  /** The saved file, or none if the person canceled. */
  save(document: Document): Promise<Answer<Saved | null>>;
  /** Opens a file that was saved, by its number. */
  openSaved(number: number): Promise<Answer<null>>;
  /** Opens the folder that it was saved in. */
  showSaved(number: number): Promise<Answer<null>>;
  /** Whether the desktop keeps the strip on top. */
  companion(on: boolean): Promise<Answer<boolean>>;
  /** Gives the window's frame the colours of the page. */
  colours(theme: Theme): Promise<Answer<null>>;
  /** Makes the page one step larger. */
  zoomIn(): Promise<Answer<null>>;
  openFolder(): Promise<Answer<null>>;
  about(): Promise<About>;
  /** Calls `over` while a file is held over the window; the core reads it when it is dropped. */
  hover(over: (held: boolean) => void): void;
  /** Calls `chosen` with what is chosen in the window's native menu. */
  menu(chosen: (chosen: MenuCommand) => void): void;
}
