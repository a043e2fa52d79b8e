import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { ListView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import ListResult from "./ListResult.svelte";

type Choice = ListView["columns"][number]["choice"];

function shown(...columns: [string, Choice][]): string | undefined {
  return shownList({ columns: columns.map(([column, choice]) => ({ column, choice })) });
}

function shownList(part: Partial<ListView>): string | undefined {
  const empty: ListView = { read: 2, inactive: 0, split: 0, columns: [], unclear_statuses: [] };
  const list = { ...empty, ...part };
  const given = { list, editable: true };
  render(Stage, { props: { backend: new Fake(emptySetup()), of: ListResult, given } });
  return document.querySelector("[data-list-result]")?.textContent;
}

it.each([
  ["Email", "email"],
  ["E-mail address", "email"],
  ["first_name", "first_name"],
  ["Last Name", "last_name"],
  ["Username", "user_name"],
  ["STATUS", "status"],
] satisfies [string, Choice][])("header %s isn't explained", (header, choice) => {
  expect(shown([header, choice])).toBeUndefined();
});

it.each([
  ["Work email", "email"],
  ["Surname", "last_name"],
  ["Email", "user_name"],
  ["3", "full_name"],
] satisfies [string, Choice][])("header %s for %s is explained", (header, choice) => {
  const text = shown(["Email", "email"], [header, choice]);
  expect(text).toContain(header);
  expect(text).not.toContain(", ");
});

it("names unclear status values", () => {
  const text = shownList({ unclear_statuses: [{ column: "Contract", values: ["Fixed", "L"] }] });
  expect(text).toContain("Contract");
  expect(text).toContain("Fixed, L");
});
