import { expect, it } from "vitest";

import type { StepStatus } from "./bindings";
import { hasSameReason, ranges } from "./rail";
import { emptySetup } from "./testing/fake";

it.each([
  [[], ""],
  [[4], "4"],
  [[1, 2], "1, 2"],
  [[2, 3, 4, 5], "2–5"],
  [[1, 3, 4, 5, 9], "1, 3–5, 9"],
])("shortens %j to %j", (numbers, short) => {
  expect(ranges(numbers)).toBe(short);
});

const locked = (...after: ("application" | "details")[]): StepStatus => ({
  kind: "locked",
  after,
  needs: "application",
});

const waiting = (on: string): StepStatus => ({ kind: "waiting", on });

it.each<[StepStatus, StepStatus, boolean]>([
  [locked("application"), locked("application"), true],
  [locked("application"), locked("details"), false],
  [waiting("nops_administrator"), waiting("nops_administrator"), true],
  [waiting("nops_administrator"), waiting("application"), false],
  [locked("application"), { kind: "ready" }, false],
  [{ kind: "ready" }, { kind: "ready" }, false],
  [{ kind: "done" }, { kind: "done" }, false],
])("%j after %j repeats the reason: %s", (status, before, repeats) => {
  const step = emptySetup().steps[2]!;
  expect(hasSameReason({ ...step, status }, { ...step, status: before })).toBe(repeats);
});

it("gives the reason for the first locked step", () => {
  expect(
    hasSameReason({ ...emptySetup().steps[2]!, status: locked("application") }, undefined),
  ).toBe(false);
});
