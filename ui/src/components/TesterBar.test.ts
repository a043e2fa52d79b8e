import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { FactView, Job, TesterView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import TesterBar from "./TesterBar.svelte";

const observed = (value: string): FactView => ({
  value,
  source: { kind: "observed" },
  at: "2026-11-12T14:00:00Z",
  kept: false,
});

const samuel: TesterView = {
  name: "Samuel Okafor",
  user_name: "samuel@example.com",
  email: "samuel@example.com",
  enabled: true,
  assigned: false,
  observed: true,
  signed_in: false,
};

function show(tester: TesterView, assignment = "unassigned", job?: Job) {
  const backend = new Fake({
    ...emptySetup(),
    current: "dry_run",
    facts: {
      application_name: observed("nOps prod"),
      aws_account_id: observed("123456789012"),
      aws_region: observed("eu-west-1"),
      tester_assigned: observed(assignment),
    },
  });
  render(Stage, { props: { backend, of: TesterBar, given: { tester, job, choose: () => {} } } });
  return backend;
}

const bar = () => document.querySelector("section")!;
const lines = () => bar().querySelectorAll("br").length;
const assign = () => document.querySelector<HTMLElement>('[data-action="assign-tester"]');

it("names the whole assignment next to its button", async () => {
  const backend = show(samuel);
  for (const named of ["samuel@example.com", "nOps prod", "123456789012", "eu-west-1"])
    expect(bar().textContent).toContain(named);
  expect(backend.actions).toEqual([]);
  await fireEvent.click(assign()!);
  expect(backend.actions).toEqual([{ kind: "assign_tester" }]);
});

it("keeps its lines after the assignment", () => {
  show(samuel);
  const before = lines();
  document.body.replaceChildren();
  show({ ...samuel, assigned: true }, "assigned");
  expect(lines()).toBe(before);
  expect(assign()).toBeNull();
});

it("offers no assignment without AWS's answer", () => {
  show({ ...samuel, observed: false });
  expect(assign()).toBeNull();
  expect(bar().textContent).not.toContain("123456789012");
});

it("shows a running assignment in place of its button", () => {
  show(samuel, "unassigned", {
    name: "assign_tester",
    done: 0,
    total: 0,
    can_cancel: true,
    can_pause: false,
    changes: true,
    paused: false,
    started: "2026-11-12T14:00:00Z",
    seconds_left: null,
    throttled: false,
  });
  expect(assign()).toBeNull();
  expect(bar().querySelector("[data-job=assign_tester]")).not.toBeNull();
  expect(lines()).toBe(1);
});

it("puts no other action where Assign was", () => {
  show({ ...samuel, assigned: true }, "assigned");
  const actions = bar().querySelectorAll(".acts button");
  expect([...actions].map((one) => one.getAttribute("data-action"))).toEqual(["other-tester"]);
  expect(bar().querySelector("p [data-action=unassign-tester]")).not.toBeNull();
});
