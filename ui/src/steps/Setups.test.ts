import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import Setups from "./Setups.svelte";

it("opens practice mode with one click and no input", async () => {
  const backend = new Fake();
  render(Stage, { props: { backend, of: Setups, given: {} } });
  await fireEvent.click(document.querySelector('[data-action="practice"]')!);
  expect(backend.actions).toMatchObject([{ kind: "create", world: "practice", repair: false }]);
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
