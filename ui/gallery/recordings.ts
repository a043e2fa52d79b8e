import type { MenuCommand, PersonRow, View } from "../src/bindings";

/**
 * A view from the core, with the other data that the UI needs. `cargo xtask` writes these files.
 */
export interface Recording {
  view: View;
  /** The rows of people that `view.setup.people` refers to. */
  people: PersonRow[];
  /** The selector of a control to press after the view is shown. */
  press?: string;
  /** The command to choose in the native menu after the view is shown. */
  choose?: MenuCommand;
}

const files = import.meta.glob<Recording>("./views/*.json", { import: "default" });

/** The names of all views, in alphabetical order. */
export const names: string[] = Object.keys(files)
  .map((path) => path.slice("./views/".length, -".json".length))
  .sort();

if (names.length === 0) throw new Error("run `cargo run -p acceptance --bin views` first");

/** Loads the view with this name. */
export async function recording(name: string): Promise<Recording> {
  const load = files[`./views/${name}.json`];
  if (!load) throw new Error(`the gallery has no view ${name}`);
  return load();
}
