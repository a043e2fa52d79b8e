import { cleanup, fireEvent, render, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it, vi } from "vitest";

import App from "./App.svelte";
import type { Action, FactView, Field, Job, SetupView, Step, TesterView } from "./bindings";
import { emptySetup, Fake } from "./testing/fake";
import { t } from "./words";

/** A backend that changes the step. */
class Steps extends Fake {
  override act = (action: Action) => {
    if (action.kind === "go") this.show(() => ({ current: action.step }));
    return Promise.resolve({ status: "ok" as const, data: 1 });
  };
}

async function open(current: Step, more: Partial<SetupView> = {}) {
  const backend = new Steps({ ...emptySetup(), current, ...more });
  render(App, { props: { backend } });
  await tick();
  return backend;
}

const fact = { value: "x", at: "1", kept: false, source: { kind: "entered" as const } };
const one = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const box = (field: string) => one(`[data-field=${field}]`);
const settled = async () => {
  for (let turn = 0; turn < 4; turn++) await tick();
};

it("Continue focuses the next box to paste into", async () => {
  await open("connect");
  const scroll = vi.spyOn(HTMLElement.prototype, "focus");
  one("[data-action=continue]").click();
  await waitFor(() => expect(document.activeElement).toBe(box("any")));
  expect(scroll.mock.calls).toEqual([[{ preventScroll: true }]]);
  scroll.mockRestore();
  const title = t("title-step", { number: 3, step: t("step-addresses") });
  await waitFor(() => expect(one("[data-live]").textContent).toBe(title));
});

it.each([
  ["the rail", "connect", "[data-action=go-addresses]"],
  ["Back", "application", "[data-action=back]"],
] as const)("%s focuses the heading of the step", async (_, from, control) => {
  await open(from);
  one(control).click();
  await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
});

it("doesn't focus a box that is out of view", async () => {
  await open("connect");
  const rect = vi.spyOn(HTMLTextAreaElement.prototype, "getBoundingClientRect");
  rect.mockReturnValue({ top: 5000, bottom: 5040 } as DOMRect);
  one("[data-action=continue]").click();
  await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
  rect.mockRestore();
});

it.each<[Field[], string | null]>([
  [[], "any"],
  [["sp_acs_url"], "sp_entity_id"],
  [["sp_acs_url", "sp_entity_id"], "sp_login_url"],
  [["sp_acs_url", "sp_entity_id", "sp_login_url"], null],
])("with %j known, the next box is %s", async (known, next) => {
  await open("addresses", { facts: Object.fromEntries(known.map((field) => [field, fact])) });
  const marked = [...document.querySelectorAll<HTMLElement>("[data-paste-next]")];
  expect(marked.map((element) => element.dataset["field"])).toEqual(next ? [next] : []);
});

it("focuses the box when the user comes back, but not while typing", async () => {
  await open("mappings");
  await fireEvent.focus(window);
  expect(document.activeElement).toBe(box("attribute_mappings"));
  cleanup();
  await open("addresses");
  box("recovery_administrator").focus();
  await fireEvent.focus(window);
  await settled();
  expect(document.activeElement).toBe(box("recovery_administrator"));
});

const tester: TesterView = {
  name: "Ana",
  user_name: "ana@example.com",
  observed: true,
  assigned: true,
  denied: false,
  signed_in: false,
  email: "ana@example.com",
  enabled: true,
};

it("the response box is the next box until the dry run passed", async () => {
  const backend = await open("dry_run", { tester });
  await fireEvent.focus(window);
  expect(document.activeElement).toBe(box("dry_run"));
  backend.show(() => ({
    enforcement: {
      open: false,
      met: 1,
      is_proved: false,
      conditions: [{ name: "dry_run", state: "met", source: null, params: {}, step: "dry_run" }],
    },
  }));
  await settled();
  expect(document.querySelector("[data-paste-next]")).toBeNull();
});

it("keeps the focus on other controls when the user comes back", async () => {
  await open("addresses");
  one("[data-action=continue]").focus();
  await fireEvent.focus(window);
  expect(document.activeElement).toBe(one("[data-action=continue]"));
});

const assigned: FactView = { ...fact, value: "assigned", source: { kind: "observed" } };
const job: Job = {
  name: "assign_tester",
  done: 0,
  total: 0,
  can_cancel: true,
  can_pause: false,
  changes: true,
  paused: false,
  started: "2026-11-12T14:00:00Z",
  seconds_left: null,
  throttled: false,
};
const action = (name: string) => one(`[data-action=${name}]`);
const focused = () => (document.activeElement as HTMLElement | null)?.dataset["action"];

it("a job and its end keep the focus next to the button that started it", async () => {
  const backend = await open("dry_run", { tester: { ...tester, assigned: false } });
  action("assign-tester").focus();
  backend.show(() => ({ job }));
  await expect.poll(focused).toBe("cancel");
  backend.show(() => ({ job: null, tester }));
  await expect.poll(focused).toBe("other-tester");
});

it("a removed assignment leaves the focus at the tester", async () => {
  const backend = await open("dry_run", { tester, facts: { tester_assigned: assigned } });
  const unassign = action("unassign-tester");
  unassign.focus();
  unassign.click();
  await settled();
  backend.show(() => ({ job, facts: {} }));
  await settled();
  action("confirm-unassign-tester").focus();
  action("confirm-unassign-tester").click();
  await expect.poll(focused).toBe("cancel");
  backend.show(() => ({ job: null, tester: { ...tester, assigned: false } }));
  await expect.poll(focused).toBe("assign-tester");
});

/** Records the actions. They're answered with the second view. */
function recordActions(backend: Fake): Action[] {
  const sent: Action[] = [];
  backend.act = (action) => {
    sent.push(action);
    return Promise.resolve({ status: "ok", data: 2 });
  };
  return sent;
}

it("choosing another tester focuses the box for it, and can be canceled", async () => {
  const backend = await open("dry_run", { tester });
  const sent = recordActions(backend);
  const page = document.querySelector("main")!.querySelectorAll("*").length;
  action("other-tester").focus();
  action("other-tester").click();
  const asked = () => document.querySelector<HTMLElement>("dialog input[data-field=tester]");
  await waitFor(() => expect(asked()).not.toBeNull());
  // A real browser focuses this box when it opens the dialog.
  expect(asked()!.autofocus || document.activeElement === asked()).toBe(true);
  action("cancel-dialog").click();
  await waitFor(() => expect(asked()).toBeNull());
  expect(sent).toEqual([]);
  expect(document.querySelector("main")!.querySelectorAll("*").length).toBe(page);
});

it("a tester who isn't found leaves the dialog open", async () => {
  const backend = await open("dry_run", { tester });
  const sent = recordActions(backend);
  action("other-tester").click();
  const asked = () => document.querySelector<HTMLInputElement>("dialog input[data-field=tester]");
  await waitFor(() => expect(asked()).not.toBeNull());
  await fireEvent.input(asked()!, { target: { value: "admin" } });
  await fireEvent.submit(asked()!.form!);
  await waitFor(() => expect(sent).toEqual([{ kind: "choose_tester", who: "admin" }]));
  backend.show(() => ({ job: { ...job, name: "find_tester" } }));
  await settled();
  backend.show(() => ({ job: null }));
  await waitFor(() => expect(document.querySelector("dialog [data-refused]")).not.toBeNull());
  await fireEvent.input(asked()!, { target: { value: "dana" } });
  expect(document.querySelector("dialog [data-refused]")).toBeNull();
  await fireEvent.submit(asked()!.form!);
  backend.show(() => ({ facts: { tester: { ...fact, value: "dana" } } }));
  await waitFor(() => expect(asked()).toBeNull());
});

it("a held Enter key presses a button once", async () => {
  await open("dry_run", { tester });
  const held = (repeat: boolean, at: HTMLElement) =>
    fireEvent.keyDown(at, { key: "Enter", repeat, bubbles: true, cancelable: true });
  expect(await held(false, action("continue"))).toBe(true);
  expect(await held(true, action("continue"))).toBe(false);
  expect(await held(true, box("dry_run"))).toBe(true);
});
