/**
 * All text in the UI comes from the Fluent catalog, which is shared with the command line and the
 * report.
 */
import { FluentBundle, FluentResource, type FluentVariable, type Message } from "@fluent/bundle";

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
 * `pseudo` reveals text that isn't in the catalog and layouts that are too tight. `compound`
 * reveals layouts that long words break. See pseudo.ts.
 */
export const LOCALES = ["en", "pseudo", "compound"] as const;
export type Locale = (typeof LOCALES)[number];

let locale: Locale = "en";
let bundle = speaking("en");

/** Sets the language. Text that was already rendered doesn't change. */
export function speak(language: Locale): void {
  if (language === locale) return;
  locale = language;
  bundle = speaking(language);
}

// The language is set by the `locale` query parameter of the window or the gallery, and not in a
// menu.
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

/** Keys that were requested but aren't in the catalog. For these keys, the key itself is shown. */
export const missing = new Set<string>();

/** Returns whether the catalog contains this message or `message.attribute`. */
export function has(key: string): boolean {
  return findPattern(key) !== null;
}

/** Returns the keys of all messages. */
export const keys = (): string[] =>
  Object.values(files).flatMap((text) =>
    [...text.matchAll(/^([a-z][\w-]*) =/gm)].map(([, key = ""]) => key),
  );

/**
 * Returns the cases of a message: a value for each variant of the first variable that selects its
 * text by name, or one case without variables. `MessageCatalog::cases` does the same.
 */
export function cases(key: string): Params[] {
  const message = bundle.getMessage(key);
  const selects = message ? selecting(message) : [];
  const first = selects.find(({ names }) => !names.every((name) => /^(one|other)$/.test(name)));
  if (!first) return [{}];
  const same = selects.filter(({ variable }) => variable === first.variable);
  const names = new Set(same.slice(same.indexOf(first)).flatMap(({ names }) => names));
  return [...names].map((name) => ({ [first.variable]: name }));
}

/** Returns the variables that select text, each with the names of its variants. */
const selecting = ({ value, attributes }: Message) =>
  [value, ...Object.values(attributes)].flatMap((pattern) =>
    (Array.isArray(pattern) ? pattern : []).flatMap((part) =>
      typeof part === "object" && part.type === "select" && part.selector.type === "var"
        ? {
            variable: part.selector.name,
            names: part.variants.flatMap(({ key }) => (key.type === "str" ? key.value : [])),
          }
        : [],
    ),
  );

/** Returns the text of `message` or `message.attribute` without markup. */
export function t(key: string, params: Params = {}): string {
  return unescapeBrackets(marked(key, params).replace(TAGS, ""));
}

const TAGS = /<\/?(?:b|kbd|code|label)>/g;
// Placeholders that replace angle brackets in variables, so that only the catalog can add markup.
const OPEN = "\uE000";
const CLOSE = "\uE001";

/**
 * Returns the message text with its markup. Call `unescapeBrackets` on each part to get plain text.
 */
export function marked(key: string, params: Params = {}): string {
  const found = findPattern(key);
  if (found === null) {
    missing.add(key);
    return key;
  }
  const text = bundle.formatPattern(found, variables(params), []);
  if (locale === "en") return text;
  return locale === "pseudo" ? lengthened(text) : compounded(text);
}

export function unescapeBrackets(text: string): string {
  return text.replaceAll(OPEN, "<").replaceAll(CLOSE, ">");
}

function escapeBrackets(value: string): string {
  return value.replaceAll("<", OPEN).replaceAll(">", CLOSE);
}

function findPattern(key: string) {
  const [id = "", attribute] = key.split(".");
  const message = bundle.getMessage(id);
  return (attribute === undefined ? message?.value : message?.attributes[attribute]) ?? null;
}

/**
 * Prepares the variables: formats counts and times, replaces missing variables with empty text, and
 * escapes markup.
 */
function variables(params: Params): Record<string, FluentVariable> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, spoken(name, value)]),
  );
}

function spoken(name: string, value: Params[string]): FluentVariable {
  const told = typeof value === "string" ? spokenValue(value, COUNTS.has(name)) : (value ?? "");
  return typeof told === "string" ? escapeBrackets(told) : told;
}
