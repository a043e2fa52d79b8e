import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, expect, it } from "vitest";

import { TERM_OF, TERMS } from "../help";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import WhatsThis from "./WhatsThis.svelte";

beforeEach(() => {
  document.body.replaceChildren();
  const backend = new Fake(emptySetup());
  render(Stage, { props: { backend, of: WhatsThis, given: { term: "acs" } } });
});

const details = () => document.querySelector<HTMLDetailsElement>("[data-term=acs]")!;
const summary = () => details().querySelector("summary")!;

async function open() {
  details().open = true;
  await fireEvent(details(), new Event("toggle"));
  summary().focus();
}

it("is closed at first and has a name", () => {
  expect(details().open).toBe(false);
  expect(summary().getAttribute("aria-label")).toBe(t("whats-this", { term: t("term-acs") }));
});

it("shows the text of the glossary", () => {
  expect(details().textContent).toContain(t("term-acs.is"));
});

it("closes with Escape and returns the focus, but leaves the key to a dialog when closed", async () => {
  await open();
  summary().blur();
  const heard: string[] = [];
  const hear = (event: KeyboardEvent) => heard.push(event.key);
  document.body.addEventListener("keydown", hear);
  await fireEvent.keyDown(document.body, { key: "Escape" });
  expect(details().open).toBe(false);
  expect(document.activeElement).toBe(summary());
  expect(heard).toEqual([]);
  await fireEvent.keyDown(document.body, { key: "Escape" });
  expect(heard).toEqual(["Escape"]);
  document.body.removeEventListener("keydown", hear);
});

it("stays open with other keys and clicks inside", async () => {
  await open();
  await fireEvent.keyDown(summary(), { key: "a" });
  await fireEvent.pointerDown(details().querySelector("p")!);
  expect(details().open).toBe(true);
});

it("closes after a click elsewhere", async () => {
  await open();
  await fireEvent.pointerDown(document.body);
  await tick();
  expect(details().open).toBe(false);
});

it("closes when the focus moves on", async () => {
  await open();
  const box = document.body.appendChild(document.createElement("input"));
  await fireEvent.focusOut(summary(), { relatedTarget: box });
  expect(details().open).toBe(false);
});

it("explains SAML's words where their fields are", () => {
  const explained = new Set(Object.values(TERM_OF));
  for (const term of ["acs", "entity_id", "issuer"] as const) expect(explained).toContain(term);
  expect([...explained].filter((term) => !TERMS.includes(term))).toEqual([]);
});
