import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Severity, StepStatus } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import RailStep from "./RailStep.svelte";

const DONE: StepStatus = { kind: "done" };
const ATTENTION: StepStatus = { kind: "attention", count: 2 };

/** The class names of the parts that are visible. */
function parts(status: StepStatus, worst: Severity | null, declared: boolean, current: boolean) {
  document.body.replaceChildren();
  const step = { ...emptySetup().steps[2]!, status, worst, declared };
  const given = { step, current };
  render(Stage, { props: { backend: new Fake(emptySetup()), of: RailStep, given } });
  const shown = [...document.querySelectorAll(".step__in > :not(.vh)")];
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
