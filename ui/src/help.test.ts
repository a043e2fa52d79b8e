import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import App from "./App.svelte";
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
