import type { Chosen, PersonRow, View } from "../src/contract";

/** A view as the core sent it, and what the window needs besides to stand as it stood. */
export interface Recording {
  view: View;
  /** The rows behind `view.setup.people`. */
  people: PersonRow[];
  /** What is pressed once the view is shown, as a selector: what the window itself remembers. */
  press?: string;
  /** What is chosen in the native menu then. */
  choose?: Chosen;
}

const files = import.meta.glob<Recording>("./views/*.json", { import: "default" });

/** Names of all recordings, in alphabetical order. */
export const names: string[] = Object.keys(files)
  .map((path) => path.slice("./views/".length, -".json".length))
  .sort();

/** The recording of that name. */
export async function recording(name: string): Promise<Recording> {
  const load = files[`./views/${name}.json`];
  if (!load) throw new Error(`the gallery has no view ${name}`);
  return load();
}
