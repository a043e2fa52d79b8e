import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import type { Finding } from "../bindings";
import { findingId } from "../finding";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import Addresses from "./Addresses.svelte";

const wrong: Finding = {
  id: "one",
  mistake: "",
  code: "link_kind",
  severity: "error",
  step: "addresses",
  side: "nops",
  field: "sp_acs_url",
  given: null,
  expected: null,
  received: null,
  item: null,
  cause: null,
  params: { given: "nops_entity_id" },
  fix: null,
  basis: "documented",
  kept: false,
  can_keep: false,
  recheck: null,
};

function show() {
  const backend = new Fake(emptySetup());
  render(Stage, { props: { backend, of: Addresses, given: {} } });
  return backend;
}

const box = (field: string) => document.querySelector<HTMLElement>(`[data-field="${field}"]`)!;
const isBefore = (one: Node, other: Node) =>
  Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

it("offers one box for all three addresses before the single boxes", () => {
  show();
  expect(screen.getByLabelText(t("addresses-all"))).toBe(box("any"));
  expect(isBefore(box("any"), box("sp_acs_url"))).toBe(true);
});

it("asks for the recovery administrator's email address", () => {
  show();
  expect(screen.getByLabelText(/email/i, { selector: "input" })).toBe(
    box("recovery_administrator"),
  );
});

it("shows results next to the label and findings below all boxes", async () => {
  const backend = show();
  const fact = { value: "x", source: { kind: "entered" as const }, at: "1", kept: false };
  backend.show(() => ({ facts: { sp_acs_url: fact, sp_entity_id: fact }, findings: [wrong] }));
  await tick();
  const head = (field: string) => box(field).closest(".row")!.querySelector(".row__head")!;
  const link = head("sp_acs_url").querySelector("a")!;
  expect(link.getAttribute("href")).toBe(`#${findingId(wrong)}`);
  expect(link.textContent).toBe(`${t("status-error", { count: 1 })}, ${t("field-sp_acs_url")}`);
  expect(head("sp_entity_id").querySelector(".status-line--ok")).not.toBeNull();
  expect(document.querySelectorAll("[data-finding]")).toHaveLength(1);
  expect(document.querySelector("[data-finding]")!.textContent).toContain(t("field-sp_acs_url"));
  expect(isBefore(box("sp_login_url"), document.querySelector("[data-finding]")!)).toBe(true);
});

it("asks about missing addresses until all are known", async () => {
  const backend = show();
  const fact = { value: "x", source: { kind: "entered" as const }, at: "1", kept: false };
  expect(document.body.textContent).toContain(t("addresses-not-yet"));
  backend.show(() => ({ facts: { sp_acs_url: fact, sp_entity_id: fact } }));
  await tick();
  expect(document.body.textContent).toContain(t("addresses-not-yet"));
  backend.show(() => ({
    facts: { sp_acs_url: fact, sp_entity_id: fact, sp_login_url: fact },
  }));
  await tick();
  expect(document.body.textContent).not.toContain(t("addresses-not-yet"));
});
