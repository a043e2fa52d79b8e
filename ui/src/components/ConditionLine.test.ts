import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Condition, Source } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import ConditionLine from "./ConditionLine.svelte";
import CutoverConditions from "./CutoverConditions.svelte";

const recovery = (source: Source | null): Condition => ({
  name: "recovery",
  state: source ? "declared" : "missing",
  source,
  params: { name: "ops@example.net" },
  step: "addresses",
});

const chips = () => [...document.querySelectorAll(".chip")].map(({ className }) => className);

it.each([
  [recovery({ kind: "entered" }), ["chip chip--entered"]],
  [recovery({ kind: "declared" }), ["chip chip--declared"]],
  [recovery(null), []],
])("shows the source only if there is one", (condition, expected) => {
  const given = { condition };
  render(Stage, { props: { backend: new Fake(emptySetup()), of: ConditionLine, given } });
  expect(chips()).toEqual(expected);
});

it("doesn't call a typed recovery administrator confirmed", () => {
  const setup = emptySetup();
  const at = "2026-11-12T14:32:00Z";
  setup.facts = {
    recovery_administrator: {
      value: "ops@example.net",
      source: { kind: "entered" },
      at,
      kept: false,
    },
    admin_password: { value: "true", source: { kind: "declared" }, at, kept: false },
  };
  render(Stage, { props: { backend: new Fake(setup), of: CutoverConditions, given: {} } });
  expect(chips()).toEqual(["chip chip--declared", "chip chip--entered"]);
});
