import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { PersonRow } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import PeopleTable from "./PeopleTable.svelte";

const many = Array.from({ length: 5000 }, (_, at): PersonRow => ({
  key: `p${at}`,
  name: `Person ${at}`,
  user_name: `p${at}@example.com`,
  email: `p${at}@example.com`,
  user: "create",
  member: "create",
  remarks: [],
  user_id: null,
}));

function show(people: PersonRow[], way?: string) {
  const answer = { value: way ?? "", at: "1", kept: false, source: { kind: "declared" as const } };
  const facts = way ? { new_people_password: answer } : {};
  const backend = new Fake({ ...emptySetup(), facts });
  backend.people = async (offset, limit) => ({
    status: "ok",
    data: { revision: 1, total: people.length, rows: people.slice(offset, offset + limit) },
  });
  render(Stage, {
    props: { backend, of: PeopleTable, given: { revision: 1, editable: true } },
  });
  return backend;
}

const shown = () =>
  [...document.querySelectorAll<HTMLElement>("[data-person]")].map((row) => row.dataset["person"]);
const button = (action: string) =>
  document.querySelector<HTMLElement>(`[data-action="${action}"]`)!;

it("renders one page of five thousand people", async () => {
  show(many);
  await waitFor(() => expect(shown()).toHaveLength(25));
  await fireEvent.click(button("people-next"));
  await waitFor(() => expect(shown()[0]).toBe("p25"));
  expect(shown()).toHaveLength(25);
});

it("stays on the first page when none precedes it", async () => {
  show(many);
  await waitFor(() => expect(shown()).toHaveLength(25));
  expect(button("people-previous").getAttribute("aria-disabled")).toBe("true");
  await fireEvent.click(button("people-previous"));
  expect(shown()[0]).toBe("p0");
});

it("removes the person in that row from the list", async () => {
  const backend = show(many.slice(0, 2));
  await waitFor(() => expect(shown()).toEqual(["p0", "p1"]));
  await fireEvent.click(
    document.querySelector('[data-person="p1"] [data-action="remove-person"]')!,
  );
  expect(backend.actions).toEqual([{ kind: "remove_person", key: "p1" }]);
});

it("shows a problem in the row below the person", async () => {
  show([
    {
      ...many[0]!,
      user_id: "u-1",
      remarks: [{ code: "no_email", severity: "error", params: {} }],
    },
  ]);
  await waitFor(() => expect(shown()).toHaveLength(1));
  const below = document.querySelector('[data-person="p0"]')?.nextElementSibling;
  expect(below?.querySelector('[data-remark="no_email"]')).not.toBeNull();
});

it.each([
  [undefined, false],
  ["email_otp", false],
  ["reset", true],
  ["console", true],
])("with %s, a person without a password has a task: %s", async (way, task) => {
  show([{ ...many[0]!, remarks: [{ code: "need_password", severity: "info", params: {} }] }], way);
  await waitFor(() => expect(shown()).toHaveLength(1));
  expect(document.querySelector("[data-remark=need_password]") !== null).toBe(task);
});

it("says nothing about people whom AWS wasn't asked about", async () => {
  show(many.slice(0, 2).map((row) => ({ ...row, user: "unknown", member: "unknown" })));
  await waitFor(() => expect(shown()).toHaveLength(2));
  expect(document.querySelectorAll("th[scope=col], [role=columnheader]")).toHaveLength(3);
  expect(document.querySelector(".state")).toBeNull();
});
