import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { PlanView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import PlanSummary from "./PlanSummary.svelte";

const plan: PlanView = {
  id: "one",
  create_users: 0,
  keep_users: 2,
  add_members: 0,
  left_out: 0,
  create_group: false,
  assign_group: false,
  changes: 0,
  calls: 0,
  seconds: 0,
};

const colored = () =>
  [...document.querySelectorAll(".sign")].map(({ className }) => className.includes("sign--"));

it.each([
  [plan, [false, true, false]],
  [{ ...plan, changes: 3, left_out: 1 }, [true, true, true]],
])("shows zero counts without color", (plan, expected) => {
  render(Stage, { props: { backend: new Fake(emptySetup()), of: PlanSummary, given: { plan } } });
  expect(colored()).toEqual(expected);
});
