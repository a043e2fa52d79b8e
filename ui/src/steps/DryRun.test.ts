import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { FactView, Field, SetupView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import DryRun from "./DryRun.svelte";

const fact = (value: string, at: string): FactView => ({
  value,
  source: { kind: "observed" },
  at,
  kept: false,
});

/** Shows step 6 with a tester chosen at `chosen`, and a dry run from 14:30. */
function show(state: "met" | "missing", chosen = "14:00") {
  const facts: Partial<Record<Field, FactView>> = {
    tester: fact("samuel", `2026-11-12T${chosen}:00Z`),
    dry_run: fact("", "2026-11-12T14:30:00Z"),
  };
  const setup: SetupView = {
    ...emptySetup(),
    current: "dry_run",
    facts,
    tester: {
      name: "Samuel",
      user_name: "samuel",
      email: null,
      enabled: true,
      assigned: true,
      observed: true,
    },
    enforcement: {
      open: false,
      met: 0,
      conditions: [{ name: "dry_run", state, source: null, params: {}, step: "dry_run" }],
    },
  };
  render(Stage, { props: { backend: new Fake(setup), of: DryRun, given: {} } });
}

const password = () => document.querySelector('[data-field="tester_password"]');
const folded = () => document.querySelector("details #response");
const skip = () => document.querySelector('[data-action="dry-run-unsupported"]');

it("asks for a response until the dry run passes", () => {
  show("missing");
  expect(folded()).toBeNull();
  expect(password()).not.toBeNull();
  expect(skip()).not.toBeNull();
});

it("offers only another response after a pass", () => {
  show("met");
  expect(folded()).not.toBeNull();
  expect(password()).toBeNull();
  expect(skip()).toBeNull();
});

it("asks about the password of a tester chosen after the pass", () => {
  show("met", "15:00");
  expect(password()).not.toBeNull();
});
