/**
 * Every word a person reads comes from the Fluent catalogue that the window, the command line and
 * the report share.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

import { accented, compounded, lengthened } from "./pseudo";
import { counts, spokenValue } from "./params";

export type Params = Record<string, FluentVariable | null | undefined>;

const files = import.meta.glob<string>("../../src-tauri/crates/messages/en/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

const COUNTS = counts(Object.values(files));

/**
 * `pseudo` shows which words are not from the catalogue, and which layouts are too tight; `compound` shows which
 * layouts break under long words. See pseudo.ts.
 */
export const LOCALES = ["en", "pseudo", "compound"] as const;
export type Locale = (typeof LOCALES)[number];

let locale: Locale = "en";
let bundle = speaking("en");

/** From now on the words are in this language; what is on show already stays. */
export function speak(language: Locale): void {
  if (language === locale) return;
  locale = language;
  bundle = speaking(language);
}

// By the address of the window or the gallery; no menu offers it.
const asked = new URLSearchParams(globalThis.location?.search).get("locale");
if (asked === "pseudo" || asked === "compound") speak(asked);

function speaking(language: Locale): FluentBundle {
  const made = new FluentBundle("en", {
    useIsolating: false,
    ...(language === "pseudo" ? { transform: accented } : {}),
  });
  for (const text of Object.values(files)) made.addResource(new FluentResource(text));
  return made;
}

/** Keys that were asked for and are in no catalogue; the key itself is shown for them. */
export const missing = new Set<string>();

/** Whether the catalogue has this message, or this `message.attribute`. */
export function has(key: string): boolean {
  return pattern(key) !== null;
}

/** The words under `message` or `message.attribute`, as plain text. */
export function t(key: string, params: Params = {}): string {
  return bare(marked(key, params).replace(TAGS, ""));
}

const TAGS = /<\/?(?:b|kbd|code|label)>/g;
// Stand in for angle brackets of a variable, so that only the catalogue can mark up.
const OPEN = "\uE000";
const CLOSE = "\uE001";

/** The same words with the catalogue's markup; of each part of it, `bare` gives the text. */
export function marked(key: string, params: Params = {}): string {
  const found = pattern(key);
  if (found === null) {
    missing.add(key);
    return key;
  }
  const text = bundle.formatPattern(found, variables(params), []);
  if (locale === "en") return text;
  return locale === "pseudo" ? lengthened(text) : compounded(text);
}

export function bare(text: string): string {
  return text.replaceAll(OPEN, "<").replaceAll(CLOSE, ">");
}

function shield(value: string): string {
  return value.replaceAll("<", OPEN).replaceAll(">", CLOSE);
}

function pattern(key: string) {
  const [id = "", attribute] = key.split(".");
  const message = bundle.getMessage(id);
  return (attribute === undefined ? message?.value : message?.attributes[attribute]) ?? null;
}

/** Counts become numbers and times are spoken; a missing variable is shown as nothing. None is markup. */
function variables(params: Params): Record<string, FluentVariable> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, spoken(name, value)]),
  );
}

function spoken(name: string, value: Params[string]): FluentVariable {
  const told = typeof value === "string" ? spokenValue(value, COUNTS.has(name)) : (value ?? "");
  return typeof told === "string" ? shield(told) : told;
}
