import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { DryRunRow, Field, Finding, SetupView } from "../bindings";
import { emptySetup, Fake, sampleFinding } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import Repair from "./Repair.svelte";

const finding = (code: string, field: Field, more: Partial<Finding> = {}): Finding =>
  sampleFinding({
    id: `${code}-${field}`,
    mistake: `${code}-${field}`,
    code,
    step: "application",
    side: "aws",
    field,
    basis: "documented",
    ...more,
  });

function show(findings: Finding[], differences: number, more: Partial<SetupView> = {}) {
  const setup = { ...emptySetup(), current: "start" as const, repair: true, ...more };
  const backend = new Fake({ ...setup, findings, differences });
  render(Stage, { props: { backend, of: Repair, given: {} } });
  return backend;
}

const swapped = (field: Field, original: Field) =>
  finding("aws_addresses_swapped", field, {
    expected: "a",
    received: "b",
    mistake: "swapped",
    fix: { kind: "copy", what: { kind: "value", field: original } },
    can_keep: true,
  });
const cards = () => [...document.querySelectorAll<HTMLElement>("[data-finding]")];

it("offers a way back from a kept value", async () => {
  const fact = { value: "a", source: { kind: "declared" }, at: "1", kept: true } as const;
  const kept = finding("link_host", "nops_sso_endpoint", { kept: true });
  const backend = show([kept], 0, { facts: { nops_sso_endpoint: fact } });
  const undo = document.querySelector<HTMLElement>("[data-kept] [data-action=undo-keep]");
  await fireEvent.click(undo!);
  expect(backend.actions).toEqual([
    { kind: "enter", field: "nops_sso_endpoint", text: "a", html: null },
  ]);
});

it("shows swapped values as one finding with both correct values", async () => {
  const backend = show(
    [
      swapped("aws_acs_url", "sp_acs_url"),
      swapped("aws_audience", "sp_entity_id"),
      finding("nops_certificate_differs", "nops_x509"),
    ],
    2,
  );
  expect(document.querySelector("[data-differences]")?.textContent).toContain(
    t("repair-differs", { count: 2 }),
  );
  expect(cards()).toHaveLength(2);
  const [swap] = cards();
  const copies = [...swap!.querySelectorAll<HTMLElement>("[data-action=fix-copy]")];
  for (const copy of copies) copy.click();
  expect(backend.copies).toEqual([
    { kind: "value", field: "sp_acs_url" },
    { kind: "value", field: "sp_entity_id" },
  ]);
  for (const field of ["aws_acs_url", "aws_audience"])
    expect(swap!.textContent).toContain(t(`field-${field}`));
  swap!.querySelector<HTMLElement>("[data-action=keep]")?.click();
  await expect
    .poll(() => backend.actions)
    .toEqual([
      { kind: "keep", field: "aws_acs_url" },
      { kind: "keep", field: "aws_audience" },
    ]);
});

it("a mistake on the page and in the response is one entry", () => {
  const row = (check: string): DryRunRow => ({
    check,
    expected: "a",
    received: "b",
    params: {},
    verdict: "fail",
    finding: `dry_run_${check}`,
  });
  const sent = (check: string, mistake: string) =>
    finding(`dry_run_${check}`, "attribute_mappings", { step: "dry_run", mistake });
  const rows = [row("user_first_name"), row("user_last_name")];
  show(
    [
      finding("mapping_name", "attribute_mappings", { step: "mappings", mistake: "row 3" }),
      sent("user_first_name", "row 3"),
      sent("user_last_name", "row 4"),
    ],
    2,
    { dry_run: { rows, verdict: "fail", at: "2026-11-12T14:32:00Z" } },
  );
  expect(cards().map((card) => card.dataset["finding"])).toEqual([
    "mapping_name",
    "dry_run_user_last_name",
  ]);
  expect(document.querySelectorAll("[data-check]")).toHaveLength(2);
});

it("each possible cause of a failed test is an entry", () => {
  const cause = (code: string) =>
    finding(code, "nops_x509", {
      step: "sign_in_tests",
      mistake: "test",
      item: { kind: "test", field: "test_from_portal" },
    });
  show([cause("shown_signature"), cause("shown_issuer")], 1);
  expect(cards()).toHaveLength(2);
});

it("doesn't list a failed request as a difference", () => {
  const cause = { key: "network-timeout", params: {} };
  const unreachable = finding("metadata_unreachable", "idp_metadata_fetched", {
    severity: "warning",
    cause,
    fix: { kind: "look" },
  });
  show([unreachable], 0);
  expect(document.querySelector("[data-differences]")?.querySelector("[data-finding]")).toBeNull();
  expect(cards().map((card) => card.dataset["finding"])).toEqual(["metadata_unreachable"]);
});

it("names what isn't compared yet instead of finding no problems", () => {
  const setup = { ...emptySetup(), current: "start" as const, repair: true };
  const backend = new Fake({
    ...setup,
    facts: {
      nops_x509: {
        value: "x",
        source: { kind: "entered" },
        at: "2026-03-02T09:00:00Z",
        kept: false,
      },
    },
    not_compared: ["idp_certificate"],
    steps: setup.steps.map((step) =>
      step.step === "start" ? { ...step, open: ["repair_values"] } : step,
    ),
  });
  render(Stage, { props: { backend, of: Repair, given: {} } });
  const banner = document.querySelector("[data-differences]")?.textContent;
  expect(banner).toContain(t("repair-partly"));
  expect(banner).toContain(t("field-idp_certificate"));
});

it("opens the next step that shows whether the sign-in works", async () => {
  const fact = {
    value: "x",
    source: { kind: "entered" as const },
    at: "2026-03-02T09:00:00Z",
    kept: false,
  };
  const setup = { ...emptySetup(), current: "start" as const, repair: true };
  const backend = new Fake({
    ...setup,
    facts: { nops_x509: fact },
    next_proof: "connect",
    steps: setup.steps.map((one) => ({ ...one, open: [] })),
  });
  render(Stage, { props: { backend, of: Repair, given: {} } });
  document.querySelector<HTMLElement>("[data-action=go-proof]")!.click();
  await expect.poll(() => backend.actions).toEqual([{ kind: "go", step: "connect" }]);
});

it("warns before the user saves in nOps, until the precautions are taken", () => {
  const fact = (value: string) => ({
    value,
    source: { kind: "declared" as const },
    at: "2026-03-02T09:00:00Z",
    kept: false,
  });
  const inNops = finding("nops_certificate_differs", "nops_x509", { side: "nops" });
  const isWarned = () => document.querySelector("[data-action=go-precautions]") !== null;
  show([inNops], 1);
  expect(isWarned()).toBe(true);
  document.body.replaceChildren();
  show([inNops], 1, {
    facts: {
      admin_signed_in: fact("true"),
      admin_password: fact("true"),
      recovery_administrator: fact("ops@example.net"),
    },
  });
  expect(isWarned()).toBe(false);
  document.body.replaceChildren();
  show([finding("mapping_name", "attribute_mappings")], 1);
  expect(isWarned(), "in AWS, nothing can lock anyone out").toBe(false);
});
