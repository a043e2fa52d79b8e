import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { TaskState, Rotation as RotationState, RotationTask, RotationView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { moment } from "../time";
import { t } from "../words";
import Rotation from "./Rotation.svelte";

const TASKS: RotationTask[] = [
  "generate",
  "compare",
  "plan",
  "copy",
  "save",
  "activate",
  "dry_run",
  "sign_in_test",
  "delete",
];

const certificate = (end: string) => ({
  sha256: "AB".repeat(28) + end,
  not_before: "2026-11-12T14:32:00Z",
  not_after: "2031-11-12T14:32:00Z",
  days_left: 1826,
  key: "RSA 2048",
  is_listed: true,
  source: { kind: "observed" as const },
});

/** Shows a rotation in which every task before `next` is done. */
function show(
  next: RotationTask | null,
  change: Partial<RotationState> = {},
  times: Partial<RotationView> = {},
) {
  const at = next ? TASKS.indexOf(next) : TASKS.length;
  const state: RotationState = {
    stage: next ? "under_way" : "done",
    reason: null,
    old: certificate("11111111"),
    new: certificate("22222222"),
    tasks: TASKS.map((task, index) => ({
      task,
      state: (index < at ? "done" : "open") satisfies TaskState,
      source: index < at ? { kind: "declared" } : null,
      at: null,
      problem: null,
      can_retract: index < at && task === "activate",
    })),
    next,
    sign_in: "matches",
    is_new_active: false,
    saving_restores: false,
    needs_other_test: false,
    next_side: null,
    repairs: [],
    way_back: { steps: [], problem: null, is_at_start: false, can_keep_new: false },
    ...change,
  };
  const rotation = {
    is_shown: true,
    state,
    suggested_time: null,
    planned_time: null,
    ...times,
  };
  const backend = new Fake({ ...emptySetup(), current: "finish", rotation });
  render(Stage, { props: { backend, of: Rotation, given: {} } });
  return backend;
}

const one = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const press = (name: string) => fireEvent.click(one(`[data-action='${name}']`));

it("confirms the next task", async () => {
  const backend = show("activate");
  expect(one("[data-task=activate]").getAttribute("aria-current")).toBe("step");
  await press("confirm-activate");
  expect(backend.actions).toEqual([{ kind: "confirm_task", task: "activate" }]);
});

it("removes only the confirmations that the core allows", async () => {
  const backend = show("delete");
  const retractable = [...document.querySelectorAll("[data-action^=retract]")];
  expect(retractable.map((button) => button.getAttribute("data-action"))).toEqual([
    "retract-activate",
  ]);
  await press("retract-activate");
  expect(backend.actions).toEqual([{ kind: "retract_task", task: "activate" }]);
});

it("names the quickest repair first", async () => {
  const backend = show("save", {
    sign_in: "broken",
    repairs: ["activate_old", "save_new"],
    saving_restores: true,
  });
  const repairs = [...document.querySelectorAll("[data-repair]")];
  expect(repairs.map((one) => one.getAttribute("data-repair"))).toEqual([
    "activate_old",
    "save_new",
  ]);
  // The next task has the button of the second repair.
  expect(one("[data-action=repair-save_new]")).toBeNull();
  expect(document.body.textContent).toContain(t("rotation-save-restores"));
  await press("repair-activate_old");
  expect(backend.actions).toEqual([{ kind: "go_back", step: "activate_old" }]);
});

it("shows the way back, and why there is none", async () => {
  const steps = {
    steps: ["save_old" as const],
    problem: null,
    is_at_start: false,
    can_keep_new: false,
  };
  const backend = show("activate", { way_back: steps });
  await press("back-save_old");
  expect(backend.actions).toEqual([{ kind: "go_back", step: "save_old" }]);
  document.body.replaceChildren();
  show("save", {
    way_back: { steps: [], problem: "old_deleted", is_at_start: false, can_keep_new: false },
  });
  expect(one("[data-way-back]").textContent).toContain(t("rotation-back-old_deleted"));
});

it("ends the way back by deleting the new certificate or keeping it", async () => {
  const steps = {
    steps: ["delete_new" as const],
    problem: null,
    is_at_start: false,
    can_keep_new: true,
  };
  const backend = show("plan", { way_back: steps });
  await press("back-delete_new");
  expect(backend.actions).toEqual([{ kind: "go_back", step: "delete_new" }]);
  expect(document.body.textContent).toContain(t("rotation-back-cancel"));
  document.body.replaceChildren();
  const both = ["save_old" as const, "delete_new" as const];
  const more = { ...steps, steps: both, can_keep_new: false };
  show("activate", { way_back: more });
  expect(document.body.textContent).not.toContain(t("rotation-back-cancel"));
});

it("stores the suggested time, and keeps it", async () => {
  const at = "2026-12-02T00:00:00Z";
  const backend = show("plan", {}, { suggested_time: at });
  await press("plan-time");
  expect(backend.actions).toEqual([{ kind: "declare", field: "gap_planned_at", value: at }]);
  document.body.replaceChildren();
  show("plan", {}, { suggested_time: "2026-12-03T00:00:00Z", planned_time: at });
  expect(one("[data-suggested-time]").textContent.trim()).toBe(
    t("rotation-plan-planned", { at: moment(at) }),
  );
  expect(one("[data-action=plan-time]")).toBeNull();
});

it("can be left, and says when it's done", async () => {
  const backend = show(null);
  expect(document.body.textContent).toContain(t("rotation-done"));
  expect(one("[data-way-back]")).toBeNull();
  await press("leave-rotation");
  expect(backend.actions).toEqual([{ kind: "leave_rotation" }]);
});
