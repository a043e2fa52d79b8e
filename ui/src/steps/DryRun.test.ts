import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, it, vi } from "vitest";

import type { FactView, Field, Finding, SetupView } from "../bindings";
import { findingId } from "../finding";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import DryRun from "./DryRun.svelte";

afterEach(() => {
  vi.restoreAllMocks();
});

const fact = (value: string, at: string): FactView => ({
  value,
  source: { kind: "observed" },
  at,
  kept: false,
});

const unassigned: Finding = {
  id: "tester_unassigned",
  mistake: "",
  code: "tester_unassigned",
  severity: "warning",
  step: "dry_run",
  side: "aws",
  field: "tester_assigned",
  item: null,
  cause: null,
  given: null,
  expected: null,
  received: null,
  params: { tester: "samuel" },
  fix: { kind: "read" },
  basis: "documented",
  kept: false,
  can_keep: false,
  recheck: null,
};

/** Shows step 6 with a tester. */
function show(state: "met" | "missing", signed_in: boolean, findings: Finding[] = []) {
  const facts: Partial<Record<Field, FactView>> = {
    tester: fact("samuel", "2026-11-12T14:00:00Z"),
    dry_run: fact("", "2026-11-12T14:30:00Z"),
  };
  const setup: SetupView = {
    ...emptySetup(),
    current: "dry_run",
    facts,
    findings,
    tester: {
      name: "Samuel",
      user_name: "samuel",
      email: null,
      enabled: true,
      assigned: true,
      observed: true,
      signed_in,
    },
    enforcement: {
      open: false,
      met: 0,
      is_proved: false,
      conditions: [{ name: "dry_run", state, source: null, params: {}, step: "dry_run" }],
    },
  };
  const backend = new Fake(setup);
  render(Stage, { props: { backend, of: DryRun, given: {} } });
  return backend;
}

const password = () => document.querySelector('[data-field="tester_password"]');
const folded = () => document.querySelector("details #response");
const skip = () => document.querySelector('[data-action="dry-run-unsupported"]');

it("shows a missing assignment without another card", () => {
  show("missing", false, [unassigned]);
  const shown = [...document.querySelectorAll(`[data-finding=${unassigned.code}]`)];
  expect(shown.map((one) => [one.id, one.classList.contains("finding")])).toEqual([
    [findingId(unassigned), false],
  ]);
});

it("asks for a response until the dry run passes", () => {
  show("missing", false);
  expect(folded()).toBeNull();
  expect(password()).not.toBeNull();
  expect(skip()).not.toBeNull();
});

it("offers only another response after a pass", () => {
  show("met", true);
  expect(folded()).not.toBeNull();
  expect(password()).toBeNull();
  expect(skip()).toBeNull();
});

it("asks about the password of a tester chosen after the pass", () => {
  show("met", false);
  expect(password()).not.toBeNull();
});

it("asks nothing about the password of a tester who signed in", () => {
  show("missing", true);
  expect(password()).toBeNull();
});

it("scrolls to what was pasted instead of a response, and to the result", async () => {
  const scrolled: (string | undefined)[] = [];
  vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element) {
    scrolled.push(this.querySelector<HTMLElement>("[data-finding]")?.dataset["finding"]);
  });
  const backend = show("missing", false);
  await tick();
  expect(scrolled).toEqual([]);
  const refused: Finding = { ...unassigned, id: "r", code: "response-unknown", field: "dry_run" };
  backend.show(() => ({ findings: [refused] }));
  await expect.poll(() => scrolled).toEqual(["response-unknown"]);
  backend.show(() => ({ findings: [{ ...refused }] }));
  await tick();
  expect(scrolled).toEqual(["response-unknown"]);
  const at = "2026-11-12T14:40:00Z";
  backend.show(() => ({
    findings: [],
    dry_run: { verdict: "pass" as const, rows: [], at, problems: 0 },
  }));
  await expect.poll(() => scrolled.length).toBe(2);
});

it("opens at its top with an earlier answer", async () => {
  const scrolled = vi.spyOn(Element.prototype, "scrollIntoView").mockReturnValue();
  show("missing", false, [{ ...unassigned, id: "r", code: "response-unknown", field: "dry_run" }]);
  await tick();
  await tick();
  expect(scrolled).not.toHaveBeenCalled();
});
