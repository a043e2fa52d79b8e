import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { SetupCard } from "../bindings";
import { Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import Setups from "./Setups.svelte";

it.each([
  ["new", false, "Practice"],
  ["repair", true, "Practice repair"],
])("practices a %s setup with one click and no input", async (kind, repair, name) => {
  const backend = new Fake();
  render(Stage, { props: { backend, of: Setups, given: {} } });
  await fireEvent.click(document.querySelector(`[data-action="practice-${kind}"]`)!);
  expect(backend.actions).toMatchObject([{ kind: "create", world: "practice", repair, name }]);
});

it("starts a setup for someone who administers only one side", async () => {
  const backend = new Fake();
  render(Stage, { props: { backend, of: Setups, given: {} } });
  await fireEvent.input(document.querySelector('[data-field="name"]')!, {
    target: { value: "Example Corp" },
  });
  await fireEvent.click(document.querySelector('[data-field="nops_role"]')!);
  await fireEvent.submit(document.querySelector("form")!);
  expect(backend.actions).toMatchObject([{ kind: "create", aws_role: true, nops_role: false }]);
});

const CARD: SetupCard = {
  id: "one",
  name: "Example Corp",
  world: "real",
  account: null,
  region: null,
  step: "finish",
  next_step: "finish",
  problems: 0,
  worst: null,
  finished: true,
  changed: "2026-11-12T14:32:00Z",
  held: false,
  duplicate: false,
  interrupted: false,
  last_check: null,
  can_check: false,
  rotation: null,
};

function list(card: SetupCard) {
  const backend = new Fake(null, [card]);
  render(Stage, { props: { backend, of: Setups, given: {} } });
  return backend;
}

it("starts another organization's setup from a setup", async () => {
  const backend = list(CARD);
  await fireEvent.click(document.querySelector('[data-action="new-from"]')!);
  const field = document.querySelector('dialog[open] [data-field="create_from"]')!;
  await fireEvent.input(field, { target: { value: "Another Corp" } });
  await fireEvent.submit(document.querySelector("dialog[open] form")!);
  expect(backend.actions).toEqual([{ kind: "create_from", id: "one", name: "Another Corp" }]);
});

it("checks a finished setup from the list", async () => {
  const backend = list({ ...CARD, can_check: true });
  await fireEvent.click(document.querySelector('[data-action="check"]')!);
  expect(backend.actions).toEqual([{ kind: "check", id: "one" }]);
});

it("offers no check that the core refuses", () => {
  list(CARD);
  expect(document.querySelector('[data-action="check"]')).toBeNull();
});
