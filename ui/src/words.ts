/**
 * Every word a person reads comes from the Fluent catalogue that the window, the command line and
 * the report share.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

import { spokenValue } from "./spoken";

export type Params = Record<string, FluentVariable | null | undefined>;

const files = import.meta.glob<string>("../../src-tauri/core/words/en/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

const bundle = new FluentBundle("en", { useIsolating: false });
for (const text of Object.values(files)) bundle.addResource(new FluentResource(text));

/** Keys that were asked for and are in no catalogue; the key itself is shown for them. */
export const missing = new Set<string>();

/** Whether the catalogue has this message, or this `message.attribute`. */
export function has(key: string): boolean {
  return pattern(key) !== null;
}

/** The words under `message` or `message.attribute`, as plain text. */
export function t(key: string, params: Params = {}): string {
  const found = pattern(key);
  if (found === null) {
    missing.add(key);
    return key;
  }
  return bundle.formatPattern(found, variables(params), []);
}

function pattern(key: string) {
  const [id = "", attribute] = key.split(".");
  const message = bundle.getMessage(id);
  return (attribute === undefined ? message?.value : message?.attributes[attribute]) ?? null;
}

/** Counts become numbers and times are spoken; a missing variable is shown as nothing. */
function variables(params: Params): Record<string, FluentVariable> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === "string" ? spokenValue(value) : (value ?? "")]));
}
