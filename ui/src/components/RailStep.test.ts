import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Severity, StepStatus, StepView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import RailStep from "./RailStep.svelte";

const DONE: StepStatus = { kind: "done" };
const LOCKED: StepStatus = { kind: "locked", after: ["application"], needs: "application" };
const ATTENTION: StepStatus = { kind: "attention", count: 2 };

/** The class names of the visible parts. A step keeps its height without a status. */
function parts(status: StepStatus, worst: Severity | null, declared: boolean, current: boolean) {
  document.body.replaceChildren();
  const step = { ...emptySetup().steps[2]!, status, worst, declared };
  const given = { step, current };
  render(Stage, { props: { backend: new Fake(emptySetup()), of: RailStep, given } });
  const shown = [...document.querySelectorAll(".step__in > :not(.vh, .step__status)")];
  return shown.map(({ className }) => className);
}

it.each([
  [DONE, null, false],
  [DONE, null, true],
  [{ kind: "waiting", on: "application" }, null, false],
  [{ kind: "locked", after: ["application"], needs: "application" }, null, false],
  [ATTENTION, "warning", false],
  [ATTENTION, "error", false],
] as const)("%j has the parts of a ready step", (status, worst, declared) => {
  for (const current of [false, true])
    expect(parts(status as StepStatus, worst, declared, current)).toEqual(
      parts({ kind: "ready" }, null, false, current),
    );
});

it.each<[string, Partial<StepView>, boolean, string]>([
  ["a ready step", { status: { kind: "ready" } }, false, ""],
  ["a skipped step", { status: { kind: "ready" }, skipped: true }, false, "Skipped"],
  ["a done step", { status: DONE }, false, "Done"],
  ["the first locked step", { status: LOCKED }, false, "After step 4"],
  ["the next locked step", { status: LOCKED }, true, ""],
])("shows the status of %s only if it adds something", (_name, given, repeats, visible) => {
  document.body.replaceChildren();
  const step = { ...emptySetup().steps[2]!, ...given };
  const props = { step, current: false, repeats };
  render(Stage, { props: { backend: new Fake(emptySetup()), of: RailStep, given: props } });
  const status = document.querySelector(".step__status")!;
  expect(status.textContent, "it's still read aloud").not.toBe("");
  expect(status.matches(".vh") ? "" : status.textContent).toBe(visible);
});
