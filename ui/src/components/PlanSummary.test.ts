import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { PersonRow, PlanView, ProvisioningState } from "../bindings";
import People from "../steps/People.svelte";
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

const signs = () => [...document.querySelectorAll(".totals .sign")].map((sign) => sign.textContent);

it.each([
  [plan, []],
  [{ ...plan, changes: 1 }, ["1 change"]],
  [{ ...plan, changes: 3, left_out: 1 }, ["3 changes", "1 left out"]],
])("shows no zero counts", (plan, expected) => {
  render(Stage, { props: { backend: new Fake(emptySetup()), of: PlanSummary, given: { plan } } });
  expect(signs()).toEqual(expected);
});

it("counts what the rows of the plan show", async () => {
  const person = (key: string, user: ProvisioningState, member: ProvisioningState): PersonRow => ({
    key,
    name: key,
    given_name: "",
    family_name: "",
    user_name: key,
    email: "",
    user,
    member,
    remarks: [],
    user_id: null,
  });
  const rows = [
    person("new", "create", "create"),
    person("known", "keep", "create"),
    person("member", "keep", "keep"),
    person("out", "skip", "skip"),
    person("elsewhere", "keep", "skip"),
  ];
  const counts = { create_users: 1, keep_users: 3, add_members: 2, left_out: 2, changes: 5 };
  const setup = emptySetup();
  setup.people = {
    ...setup.people,
    stage: "planned",
    total: rows.length,
    can_create: true,
    plan: { ...plan, ...counts, create_group: true, assign_group: true },
  };
  const backend = new Fake({ ...setup, current: "people" });
  backend.people = async () => ({
    status: "ok",
    data: { revision: 0, total: rows.length, rows },
  });
  render(Stage, { props: { backend, of: People, given: {} } });
  const count = (selector: string) => document.querySelectorAll(`tbody ${selector}`).length;
  await expect.poll(() => count("[data-person]")).toBe(rows.length);
  expect(count(".sign--create")).toBe(counts.changes);
  expect(count("[data-person]:has(.sign--skip)")).toBe(counts.left_out);
  expect(signs()).toEqual(["5 changes", "2 left out"]);
});
