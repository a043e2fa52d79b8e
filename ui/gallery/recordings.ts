import type { MenuCommand, PersonRow, View } from "../src/bindings";

/** A view as the core sends it, and what the window needs besides. `cargo xtask` writes them. */
export interface Recording {
  view: View;
  /** The rows behind `view.setup.people`. */
  people: PersonRow[];
  /** What is pressed once the view is shown, as a selector. */
  press?: string;
  /** What is chosen in the native menu then. */
  choose?: MenuCommand;
}

const files = import.meta.glob<Recording>("./views/*.json", { import: "default" });

/** Names of all views, in alphabetical order. */
export const names: string[] = Object.keys(files)
  .map((path) => path.slice("./views/".length, -".json".length))
  .sort();

if (names.length === 0) throw new Error("run `cargo run -p acceptance --bin views` first");

/** The view of that name. */
export async function recording(name: string): Promise<Recording> {
  const load = files[`./views/${name}.json`];
  if (!load) throw new Error(`the gallery has no view ${name}`);
  return load();
}
