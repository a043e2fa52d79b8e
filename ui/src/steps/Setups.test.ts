import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

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
