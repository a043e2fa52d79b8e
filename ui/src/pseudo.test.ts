import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { recorded } from "../gallery/recorded";
import { names, recording } from "../gallery/recordings";
import App from "./App.svelte";
import { ROLES } from "./components/RoleChoice.svelte";
import { accented, lengthened } from "./pseudo";
import { speak, t } from "./words";

const catalogs = import.meta.glob<string>("../../src-tauri/crates/messages/en/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Text that may have no accents: labels and codes in the catalog, and formatted numbers. */
const LABELS = Object.values(catalogs).flatMap((text) =>
  [...text.matchAll(/<(label|code|kbd)>(.*?)<\/\1>/g)].map((match) => match[2] ?? ""),
);
const KEYS = ["Ctrl"];
const DATES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
  "UTC",
];

describe("the pseudo-locale", () => {
  beforeAll(() => speak("pseudo"));
  afterAll(() => speak("en"));

  it("is accented, longer, and in brackets", () => {
    expect(t("back")).toBe("[Ɓåçķ 国]");
    expect(accented("Press <kbd>Esc</kbd> in <b>this</b> <label>Submit</label>")).toBe(
      "Þŕéšš <kbd>Esc</kbd> îñ <b>ţĥîš</b> <label>Submit</label>",
    );
    expect(lengthened("123")).toBe("123");
  });

  it("leaves variables and labels unchanged", () => {
    expect(t("rail-account", { account: "123456789012" })).toContain("123456789012");
    expect(t("field-aws_acs_url")).toBe("Application ACS URL");
  });

  it.each(names)("every word of %s comes from the catalog", async (name) => {
    const shown = await recording(name);
    render(App, { props: { backend: recorded(shown) } });
    await tick();
    const data = [...strings(shown)].filter((text) => /[A-Za-z]{2}/.test(text));
    // Replace longer texts before shorter texts, because a shorter text can be part of a longer
    // one.
    const plain = [...data, ...LABELS, ...KEYS, ...DATES, ...ROLES].sort(
      (a, b) => b.length - a.length,
    );
    expect(unmarked(plain)).toEqual([]);
    expect(
      texts().filter((text) => text.includes("{$")),
      "a variable of the words is missing",
    ).toEqual([]);
  });
});

/** Example URLs aren't translated. */
const ADDRESS = /https?:\/\/\S+/g;
/** Attributes that the page shows or that screen readers read. */
const READ = [
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
  "alt",
  "placeholder",
  "title",
  "data-l",
];

/** Returns texts on the page that have letters without accents and are neither data nor labels. */
function unmarked(plain: string[]): string[] {
  return texts().filter((text) => {
    if (!/[A-Za-z]{2}/.test(text) || plain.some((one) => one.includes(text))) return false;
    const rest = plain.reduce((left, one) => left.replaceAll(one, " "), text.replace(ADDRESS, ""));
    return /[A-Za-z]{2}/.test(rest);
  });
}

/** Returns all text on the page that a user can see or hear. */
function texts(): string[] {
  const found: string[] = [document.title];
  for (const element of document.body.querySelectorAll("*")) {
    if (element.matches("script, style")) continue;
    for (const name of READ) found.push(element.getAttribute(name) ?? "");
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? "");
  }
  return found.map((text) => text.trim()).filter((text) => text !== "");
}

/** Every string in a value. */
function* strings(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const one of value) yield* strings(one);
  else if (value !== null && typeof value === "object")
    for (const one of Object.values(value)) yield* strings(one);
}
