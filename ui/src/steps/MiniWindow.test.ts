import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it, vi } from "vitest";

import App from "../App.svelte";
import type { Field, TransferView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import MiniWindow from "./MiniWindow.svelte";

const transfer = (number: number, field: Field, value: string | null): TransferView => ({
  number,
  copy: { kind: "value", field },
  value,
  from: field,
  to_side: "aws",
  to_label: "field-aws_acs_url",
});

function show(transfers: TransferView[]) {
  const setup = emptySetup();
  const backend = new Fake({
    ...setup,
    steps: setup.steps.map((step) => ({ ...step, transfers })),
  });
  render(Stage, { props: { backend, of: MiniWindow, given: {} } });
  return backend;
}

const button = (number: number) => document.querySelector<HTMLElement>(`[data-copy="${number}"]`)!;

it("copies each value and moves focus to the next", async () => {
  const backend = show([transfer(1, "sp_acs_url", "a"), transfer(2, "sp_entity_id", "b")]);
  await waitFor(() => expect(document.activeElement).toBe(button(1)));
  await fireEvent.click(button(1));
  await waitFor(() => expect(document.activeElement).toBe(button(2)));
  expect(backend.copies).toEqual([{ kind: "value", field: "sp_acs_url" }]);
});

it("opens the page of the step", async () => {
  const nopsSso = { kind: "nops_sso" } as const;
  const backend = show([transfer(1, "sp_acs_url", "a")]);
  expect(document.querySelector("[data-action=open-nops-sso]"), "no link yet").toBeNull();
  const link = { page: nopsSso, url: "https://a/", account: null, basis: "documented" as const };
  backend.show(() => ({ pages: [link] }));
  await tick();
  const open = document.querySelector<HTMLElement>("[data-action=open-nops-sso]")!;
  const opened = vi.spyOn(backend, "openPage");
  await fireEvent.click(open);
  expect(opened).toHaveBeenCalledWith(nopsSso);
});

it("copies the next value with Space outside a control", async () => {
  const backend = show([transfer(1, "sp_acs_url", "a")]);
  await fireEvent.keyDown(document.body, { key: " " });
  expect(backend.copies).toEqual([{ kind: "value", field: "sp_acs_url" }]);
});

it("doesn't copy a value that doesn't exist yet", async () => {
  const backend = show([transfer(1, "sp_acs_url", null)]);
  await fireEvent.click(button(1));
  expect(button(1).getAttribute("aria-disabled")).toBe("true");
  expect(backend.copies).toEqual([]);
});

it("remembers copied values when a step is opened again", async () => {
  const backend = show([transfer(1, "sp_acs_url", "a"), transfer(2, "sp_entity_id", "b")]);
  await fireEvent.click(button(1));
  await fireEvent.click(document.querySelector('[data-action="back"]')!);
  const current = backend.actions.map((action) => action.kind === "go" && action.step);
  expect(current).toEqual(["connect"]);
  backend.show(() => ({ current: "connect" }));
  await waitFor(() => expect(button(1).closest("li")!.className).not.toContain("is-copied"));
  backend.show(() => ({ current: "addresses" }));
  await waitFor(() => expect(button(1).closest("li")!.className).toContain("is-copied"));
});

it("doesn't count a changed value as copied", async () => {
  const backend = show([transfer(1, "sp_acs_url", "a")]);
  await fireEvent.click(button(1));
  await waitFor(() => expect(button(1).closest("li")!.className).toContain("is-copied"));
  const transfers = [transfer(1, "sp_acs_url", "b")];
  backend.show(({ steps }) => ({ steps: steps.map((step) => ({ ...step, transfers })) }));
  await waitFor(() => expect(button(1).closest("li")!.className).not.toContain("is-copied"));
});

it("reports when the desktop can't keep it on top", async () => {
  const backend = new Fake(emptySetup());
  backend.onTop = false;
  render(App, { props: { backend } });
  await tick();
  await fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  await waitFor(() => expect(document.querySelector('[data-on-top="no"]')).not.toBeNull());
});
