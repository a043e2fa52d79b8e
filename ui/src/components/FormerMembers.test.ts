import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { ComparisonView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import FormerMembers from "./FormerMembers.svelte";

const LENA = {
  user_id: "u1",
  name: "Lena Fischer",
  user_name: "lena.fischer@example.com",
  email: "lena.fischer@example.com",
  reason: "not_listed",
  protected: null,
  is_chosen: true,
};
const FOUND: ComparisonView = {
  people: 2,
  inactive: 0,
  unread: [],
  problem: null,
  source: "aws",
  members: 3,
  nested: 0,
  left: 2,
  former: [LENA, { ...LENA, user_id: "u2", name: "Tess", protected: "tester", is_chosen: false }],
  can_remove: true,
  is_most: false,
  plan: { id: "p1", removals: 1, named: [] },
  removed: [],
};

function show(comparison: ComparisonView | null, restorable = 0) {
  const setup = emptySetup();
  const people = { ...setup.people, comparison, restorable };
  const backend = new Fake({ ...setup, current: "people", people });
  render(Stage, { props: { backend, of: FormerMembers, given: { editable: true } } });
  return backend;
}

const button = (action: string) =>
  document.querySelector<HTMLButtonElement>(`[data-action="${action}"]`);

it("removes only after confirmation", async () => {
  const backend = show(FOUND);
  expect(document.body.textContent).toContain(t("former-protected-tester"));
  await fireEvent.click(button("remove-former")!);
  expect(backend.actions).toEqual([]);
  const dialog = document.querySelector("dialog[open]")!;
  expect(dialog.textContent).toContain(t("former-session"));
  const confirm = [...dialog.querySelectorAll("button")].find(
    (one) => one.textContent.trim() === t("former-confirm-do", { count: 1 }),
  );
  await fireEvent.click(confirm!);
  expect(backend.actions).toEqual([{ kind: "remove_former", plan: "p1" }]);
});

it("names chosen people who might need access", async () => {
  show({ ...FOUND, plan: { id: "p2", removals: 2, named: ["tess@example.com"] } });
  await fireEvent.click(button("remove-former")!);
  expect(document.querySelector("[data-named]")?.textContent).toContain("tess@example.com");
});

it("chooses whom to remove", async () => {
  const backend = show(FOUND);
  await fireEvent.click(document.querySelectorAll("input[type=checkbox]")[1]!);
  expect(backend.actions).toEqual([{ kind: "choose_former", user: "u2", remove: true }]);
});

it("removes no one if a line can't be read", () => {
  const unread = [{ line: 4, reason: "email_shape", who: "" }];
  const problem = "list_has_unread_rows";
  show({ ...FOUND, former: [], left: 0, source: null, plan: null, unread, problem });
  expect(document.body.textContent).toContain(t("failure-list_has_unread_rows"));
  expect(button("remove-former")).toBeNull();
});

it("says that members are unknown without AWS", () => {
  show({ ...FOUND, former: [], left: 0, source: "unknown", can_remove: false, plan: null });
  expect(document.querySelector("[data-former=needs-aws]")).not.toBeNull();
});
