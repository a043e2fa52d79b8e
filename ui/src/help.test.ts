import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";

import App from "./App.svelte";
import { explanations } from "./explanations";
import { HELP_DATA, HELP_TOPICS, PROBLEMS, TERMS } from "./help";
import { emptySetup, Fake } from "./testing/fake";
import { has, missing, t } from "./words";

async function open() {
  const backend = new Fake(emptySetup());
  render(App, { props: { backend } });
  await tick();
  return backend;
}

const shown = () => document.querySelector<HTMLElement>("dialog[open] [data-help]")!;
const settled = async () => {
  await tick();
  await tick();
};

it.each(HELP_TOPICS)("the menu opens the page %s", async (topic) => {
  const backend = await open();
  backend.choose({ kind: "help", topic });
  await settled();
  expect(shown().dataset["help"]).toBe(topic);
  expect(shown().querySelector("h3")?.textContent).toBe(t(`help-${topic}`));
  expect(document.querySelector("dialog[open] [aria-current=page]")?.textContent).toBe(
    t(`help-${topic}`),
  );
  expect([...missing]).toEqual([]);
});

it("the rail opens Help, and its buttons change the page", async () => {
  await open();
  document.querySelector<HTMLElement>("aside [data-action=help]")?.click();
  await settled();
  expect(shown().dataset["help"]).toBe("steps");
  document.querySelector<HTMLElement>("dialog [data-action=help-glossary]")?.click();
  await settled();
  expect(shown().querySelectorAll("dt")).toHaveLength(TERMS.length);
});

it("terms are sorted by their names", () => {
  const names = TERMS.map((term) => t(`term-${term}`));
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en")));
});

it("every item is listed", () => {
  for (const [part, count] of Object.entries(HELP_DATA))
    expect(has(`data-${part}-${count}`) && !has(`data-${part}-${count + 1}`), part).toBe(true);
  expect(PROBLEMS.every((problem) => has(`problem-${problem}.do`))).toBe(true);
});

describe("the page with all findings", () => {
  it("starts no title with a value", () => {
    const titles = explanations().flatMap(({ cases }) => cases.map(({ title }) => title));
    expect(titles.filter((title) => title.startsWith("…"))).toEqual([]);
    expect(titles).toContain("An attribute is missing in AWS");
  });

  const codes = () =>
    [...shown().querySelectorAll<HTMLElement>("[data-code]")].map(({ dataset }) => dataset["code"]);
  const search = async (text: string) => {
    const box = shown().querySelector<HTMLInputElement>("[data-field=search_findings]")!;
    await fireEvent.input(box, { target: { value: text } });
  };

  it("lists every finding of the catalog without missing text", async () => {
    (await open()).choose({ kind: "help", topic: "findings" });
    await settled();
    expect(codes().length).toBeGreaterThan(200);
    expect(codes()).toContain("reading-wrong_kind");
    expect(codes()).not.toContain("reading-kind-certificate");
    expect(shown().textContent).not.toMatch(/\{\$|undefined|<b>/);
  });

  it("finds all words in codes, titles and details", async () => {
    (await open()).choose({ kind: "help", topic: "findings" });
    await settled();
    await search("  Expires_SOON ");
    expect(codes().sort()).toEqual(["certificate_expires_soon", "reading-expires_soon"]);
    await search("replace certificate left");
    expect(codes()).toContain("certificate_expires_soon");
    await search("no such finding");
    expect(codes()).toEqual([]);
    expect(shown().querySelector("[role=status]")?.textContent).toBe(
      t("help-findings-count", { count: 0 }),
    );
  });

  it("shows each case of a finding", () => {
    const told = explanations().find(({ code }) => code === "shown_acs");
    expect(told?.cases.map(({ title }) => title)).toEqual(
      ["swapped", "differs", "unknown"].map((cause) => t("finding-shown_acs", { cause })),
    );
    const dated = explanations().find(({ code }) => code === "certificate_expires_soon");
    expect(dated?.cases.map(({ title }) => title)).toEqual([
      "The certificate expires on … (… days left)",
    ]);
  });
});
