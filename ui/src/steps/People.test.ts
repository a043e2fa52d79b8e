import { fireEvent, render } from "@testing-library/svelte";
import { beforeAll, expect, it } from "vitest";

import type { HistoryRow, ListQuestion, PeopleView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import People from "./People.svelte";

beforeAll(() => {
  // The test DOM doesn't support modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

const ROW: HistoryRow = {
  number: 7,
  at: "2026-11-28T10:00:00Z",
  change: "create_user",
  subject: "lena@example.com",
  outcome: "interrupted",
  error: null,
  params: {},
};

async function show(given: Partial<PeopleView>) {
  const backend = new Fake({ ...emptySetup(), current: "people" });
  render(Stage, { props: { backend, of: People, given: {} } });
  backend.show(({ people, connection }) => ({
    connection: { ...connection, state: "connected" },
    people: { ...people, ...given },
  }));
  await new Promise(requestAnimationFrame);
  return backend;
}

const one = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector);
const click = (name: string) => fireEvent.click(one(`[data-action=${name}]`)!);
/** Confirms the open dialog. The dialog closes after the action is accepted. */
async function confirm(name: string) {
  await click(`confirm-${name}`);
  await expect.poll(() => one("dialog[open]")).toBeNull();
}

it("marks a change as unknown only after confirmation", async () => {
  const backend = await show({ stage: "stopped", journal: [ROW] });
  await click("open-mark-unknown");
  expect(one("dialog[open]")!.textContent).toContain(ROW.subject);
  await click("cancel-dialog");
  expect(backend.actions).toEqual([]);
  await click("open-mark-unknown");
  await confirm("mark-unknown");
  expect(backend.actions).toEqual([{ kind: "mark_unknown", number: ROW.number }]);
});

it("offers to mark only changes without a result", async () => {
  await show({ stage: "stopped", journal: [{ ...ROW, outcome: "done" }] });
  expect(one("[data-action=open-mark-unknown]")).toBeNull();
});

it("keeps uncertain changes unless told to undo them", async () => {
  const given = { stage: "applied" as const, journal: [{ ...ROW, outcome: "found" }] };
  const backend = await show({ ...given, can_undo: true, uncertain: 1 });
  await click("undo");
  const box = () => one<HTMLInputElement>("[data-field=undo_uncertain]")!;
  expect(box().checked).toBe(false);
  await confirm("undo");
  await click("undo");
  await fireEvent.click(box());
  await confirm("undo");
  await click("undo");
  expect(box().checked, "each undo asks again").toBe(false);
  expect(backend.actions).toEqual([
    { kind: "undo", uncertain: false },
    { kind: "undo", uncertain: true },
  ]);
});

it("doesn't ask about uncertain changes if there are none", async () => {
  const backend = await show({ stage: "applied", journal: [ROW], can_undo: true, uncertain: 0 });
  await click("undo");
  expect(one("[data-field=undo_uncertain]")).toBeNull();
  await confirm("undo");
  expect(backend.actions).toEqual([{ kind: "undo", uncertain: false }]);
});

it("keeps the add buttons above everything that adding changes", async () => {
  const before = (selector: string) =>
    one("[data-action=open-add-person]")!.compareDocumentPosition(one(selector)!) &
    Node.DOCUMENT_POSITION_FOLLOWING;
  await show({
    stage: "listed",
    total: 3,
    unread: [{ line: 2, reason: "email_shape", who: "Ana" }],
  });
  expect(before("table")).toBeTruthy();
  expect(before(".unread")).toBeTruthy();
});

it("plans the group apart from the people's columns", async () => {
  const plan = {
    id: "one",
    create_users: 0,
    keep_users: 1,
    add_members: 1,
    left_out: 0,
    create_group: true,
    assign_group: true,
    changes: 3,
    calls: 3,
    seconds: 1,
  };
  await show({ stage: "planned", total: 1, plan });
  const tables = [...document.querySelectorAll("table")].map((table) =>
    [...table.querySelectorAll("tbody .sign")].map((sign) => sign.textContent),
  );
  expect(tables).toEqual([[], [t("sign-user-create"), t("sign-member-create")]]);
});

it("shows an email error at the email", async () => {
  const backend = await show({ stage: "empty" });
  await click("open-add-person");
  await fireEvent.input(one("[data-field=email]")!, { target: { value: "nina.berg" } });
  backend.refusal = { code: "person_email_shape", params: {} };
  await click("add-person");
  const error = t("failure-person_email_shape");
  await expect.poll(() => document.body.textContent).toContain(error);
  const described = one("[data-field=email]")!.getAttribute("aria-describedby")!.split(" ");
  const texts = described.map((id) => document.getElementById(id)?.textContent ?? "");
  expect(texts.some((text) => text.includes(error))).toBe(true);
  const all = document.body.textContent.split(error).length - 1;
  expect(all, "only there").toBe(1);
});

const QUESTION: ListQuestion = {
  kind: "columns",
  columns: [
    { number: 1, header: "Box 1", examples: ["ana@example.com"], choice: "ignore" },
    { number: 2, header: "Password", examples: [], choice: "ignore" },
    { number: 3, header: "First name", examples: ["Ana"], choice: "first_name" },
  ],
};

it("asks what the columns of a list contain", async () => {
  const backend = await show({ stage: "listed", question: QUESTION });
  expect(document.activeElement?.textContent).toBe(t("list-ask-columns"));
  expect(one("[data-action=plan]"), "the question comes first").toBeNull();
  await fireEvent.change(one("[data-column='1']")!, { target: { value: "email" } });
  await click("choose-columns");
  const columns = [
    { number: 1, choice: "email" },
    { number: 2, choice: "ignore" },
    { number: 3, choice: "first_name" },
  ];
  expect(backend.actions).toEqual([{ kind: "choose_columns", columns }]);
});

it("keeps the answers when the core refuses them", async () => {
  const backend = await show({ stage: "listed", question: QUESTION });
  await fireEvent.change(one("[data-column='3']")!, { target: { value: "last_name" } });
  backend.refusal = { code: "columns_name_no_one", params: {} };
  await click("choose-columns");
  await expect.poll(() => document.body.textContent).toContain(t("failure-columns_name_no_one"));
  expect(one<HTMLSelectElement>("[data-column='3']")!.value).toBe("last_name");
});

it("reads the chosen sheet of a workbook", async () => {
  const question: ListQuestion = { kind: "sheets", sheets: ["Berlin", "Lisbon"] };
  const backend = await show({ stage: "empty", question });
  await fireEvent.click(document.querySelectorAll("[data-action=choose-sheet]")[1]!);
  await click("discard-list");
  expect(backend.actions).toEqual([
    { kind: "choose_sheet", sheet: "Lisbon" },
    { kind: "discard_list" },
  ]);
});
