import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";

import type { PersonRow } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import PeopleTable from "./PeopleTable.svelte";

const many = Array.from({ length: 5000 }, (_, at): PersonRow => ({
  key: `p${at}`,
  name: `Person ${at}`,
  given_name: "Person",
  family_name: `${at}`,
  user_name: `p${at}@example.com`,
  email: `p${at}@example.com`,
  user: "create",
  member: "create",
  remarks: [],
  user_id: null,
}));

interface Options {
  /** How new people get a password. */
  way?: string | undefined;
  showParts?: boolean;
  byHand?: boolean;
}

function show(people: PersonRow[], { way, ...given }: Options = {}) {
  const answer = { value: way ?? "", at: "1", kept: false, source: { kind: "declared" as const } };
  const facts = way ? { new_people_password: answer } : {};
  const backend = new Fake({ ...emptySetup(), facts });
  backend.people = async (offset, limit) => ({
    status: "ok",
    data: { revision: 1, total: people.length, rows: people.slice(offset, offset + limit) },
  });
  render(Stage, {
    props: {
      backend,
      of: PeopleTable,
      given: { revision: 1, editable: true, showParts: false, byHand: false, ...given },
    },
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
  show([{ ...many[0]!, remarks: [{ code: "need_password", severity: "info", params: {} }] }], {
    way,
  });
  await waitFor(() => expect(shown()).toHaveLength(1));
  expect(document.querySelector("[data-remark=need_password]") !== null).toBe(task);
});

it("says nothing about people whom AWS wasn't asked about", async () => {
  show(many.slice(0, 2).map((row) => ({ ...row, user: "unknown", member: "unknown" })));
  await waitFor(() => expect(shown()).toHaveLength(2));
  expect(document.querySelectorAll("th[scope=col], [role=columnheader]")).toHaveLength(3);
  expect(document.querySelector(".state")).toBeNull();
});

it("shows the parts of a guessed name", async () => {
  show(many.slice(0, 1));
  await waitFor(() => expect(shown()).toHaveLength(1));
  const parts = t("people-name-parts", { given: "Person", family: "0" });
  expect(document.body.textContent).not.toContain(parts);
  document.body.replaceChildren();
  show(many.slice(0, 1), { showParts: true });
  await waitFor(() => expect(document.body.textContent).toContain(parts));
});

it("copies a user name that the user enters in AWS", async () => {
  const backend = show(many.slice(0, 2), { byHand: true });
  await waitFor(() => expect(shown()).toHaveLength(2));
  await fireEvent.click(
    document.querySelector('[data-person="p1"] [data-action="copy-user_name"]')!,
  );
  expect(backend.copies).toEqual([{ kind: "user_name", key: "p1" }]);
});

it("copies a cell without the tab after it", async () => {
  show(many.slice(0, 1));
  await waitFor(() => expect(shown()).toHaveLength(1));
  const copied = async (selected: string) => {
    const selection = vi.spyOn(window, "getSelection");
    selection.mockReturnValue({ toString: () => selected } as Selection);
    const setData = vi.fn();
    const cell = document.querySelector('[data-person="p0"] td')!;
    await fireEvent.copy(cell, { clipboardData: { setData } });
    selection.mockRestore();
    return setData.mock.calls;
  };
  expect(await copied("p0@example.com\t")).toEqual([["text/plain", "p0@example.com"]]);
  expect(await copied("p0@example.com\n")).toEqual([["text/plain", "p0@example.com"]]);
  // The browser copies these characters unchanged.
  expect(await copied("p0@example.com")).toEqual([]);
  expect(await copied("Person 0\tp0@example.com\t")).toEqual([]);
});
