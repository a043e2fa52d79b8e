import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { CertificateView, Condition } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import Finish from "./Finish.svelte";

const condition = (name: string, step: Condition["step"]): Condition => ({
  name,
  state: "missing",
  source: null,
  params: { domain: "none", passed: "1", locked_out: "1", members: "4" },
  step,
});

function show(conditions: Condition[], is_proved = false) {
  const setup = emptySetup();
  const enforcement = { open: false, met: 0, is_proved, conditions };
  const backend = new Fake({ ...setup, current: "finish", enforcement });
  render(Stage, { props: { backend, of: Finish, given: {} } });
  return backend;
}

const one = (selector: string) => document.querySelector<HTMLElement>(selector)!;

it("links each missing condition to where it can be met", async () => {
  const backend = show([
    condition("sign_in_tests", "sign_in_tests"),
    condition("domain", "finish"),
    condition("team", "finish"),
  ]);
  await fireEvent.click(one("[data-condition=sign_in_tests] button"));
  expect(backend.actions).toEqual([{ kind: "go", step: "sign_in_tests" }]);
  await fireEvent.click(one("[data-enforcement] [data-condition=domain] button"));
  expect(document.activeElement).toBe(one("input[data-field=nops_domain]"));
  await fireEvent.click(one("[data-enforcement] [data-condition=team] button"));
  expect(document.activeElement).toBe(one("[data-field=nops_team]"));
});

it("asks who would be locked out before it shows how to enforce", () => {
  show([]);
  const team = one("[data-field=team]");
  expect(team.compareDocumentPosition(one("[data-enforcement]"))).toBe(
    Node.DOCUMENT_POSITION_FOLLOWING,
  );
});

it("asks for the domain before everything that depends on it", () => {
  show([]);
  const domain = one("[data-field=nops_domain]");
  for (const later of ["[data-field=team]", "[data-enforcement]", ".report"])
    expect(domain.compareDocumentPosition(one(later)), later).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
});

it("says that confirming Enforce changes nothing in nOps", () => {
  show([]);
  const box = one("[data-enforcement] [data-field=nops_enforce]");
  expect(box.closest("label")?.textContent).toContain(t("enforcement-enforce-on-hint"));
});

it("shows the saved file and the result below the buttons", async () => {
  const backend = show([]);
  const buttons = one(".saves").childElementCount;
  await fireEvent.click(one("[data-action=save-report-html]"));
  await expect.poll(() => one("[data-saved]")).not.toBeNull();
  backend.show(({ steps }) => ({
    steps: steps.map((step) => ({ ...step, status: { kind: "done" } })),
  }));
  await expect.poll(() => one("[data-report] .found")).not.toBeNull();
  expect(one(".saves").childElementCount).toBe(buttons);
  await fireEvent.click(one("[data-action=open-saved]"));
  await fireEvent.click(one("[data-action=show-saved]"));
  expect([backend.opened, backend.openedFolders]).toEqual([[7], [7]]);
});

const declared = { value: "true", source: { kind: "declared" as const }, at: "1", kept: false };
const READY = { open: true, met: 0, is_proved: true, conditions: [] };

it("shows how to enforce before it asks for the confirmation", async () => {
  const backend = show([]);
  backend.show(() => ({ enforcement: READY }));
  await expect.poll(() => one(".cut")).not.toBeNull();
  const box = () => one("[data-field=nops_enforce]");
  expect(one(".cut").compareDocumentPosition(box())).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  backend.show(() => ({ facts: { nops_enforce: declared } }));
  await expect.poll(() => document.body.textContent).toContain(t("enforcement-on", { total: 0 }));
  expect(one(".cut"), "nothing moves while the user follows the instructions").not.toBeNull();
});

it("offers to save the report again when it's outdated", async () => {
  const backend = show([]);
  expect(one("[data-report-outdated]")).toBeNull();
  backend.show(() => ({ report_outdated: true, facts: { nops_enforce: declared } }));
  await expect.poll(() => one("[data-report-outdated]")).not.toBeNull();
  const box = one("[data-field=nops_enforce]");
  expect(box.compareDocumentPosition(one("[data-report-outdated]"))).toBe(
    Node.DOCUMENT_POSITION_FOLLOWING,
  );
  expect(one("[data-report-outdated]").textContent).toContain(
    t("finish-report-outdated", { enforce: "on" }),
  );
  await fireEvent.click(one("[data-report-outdated] button"));
  await expect.poll(() => one("[data-saved]")).not.toBeNull();
});

it("says that Enforce comes after the report, until it's saved", async () => {
  const backend = show([]);
  const hint = t("finish-report-again");
  expect(document.body.textContent).toContain(hint);
  const fact = { value: "true", source: { kind: "declared" as const }, at: "1", kept: false };
  backend.show(() => ({ facts: { nops_enforce: fact } }));
  await expect.poll(() => document.body.textContent).not.toContain(hint);
  backend.show(() => ({ facts: {} }));
  await expect.poll(() => document.body.textContent).toContain(hint);
  await fireEvent.click(one("[data-action=save-report-html]"));
  await expect.poll(() => document.body.textContent).not.toContain(hint);
});

it("offers a calendar reminder if AWS's certificate is known", async () => {
  const certificate = (field: CertificateView["field"]): CertificateView => ({
    field,
    sha256: "AB".repeat(32),
    subject: "CN=amazonaws.com",
    serial: "01",
    not_before: "2026-01-15T00:00:00Z",
    not_after: "2031-01-15T00:00:00Z",
    days_left: 1500,
    key: "RSA 2048",
    same_as_metadata: null,
    doubtful: false,
    source: { kind: "entered" },
  });
  const backend = show([]);
  const button = () => one("[data-action=save-calendar]");
  expect(button()).toBeNull();
  backend.show(() => ({ certificates: [certificate("nops_x509")] }));
  await expect.poll(() => document.body.textContent).toContain(t("finish-cert-none"));
  expect(button()).toBeNull();
  backend.show(() => ({ certificates: [certificate("idp_certificate")] }));
  await expect.poll(button).not.toBeNull();
});

it.each([
  ["says that both sign-in tests passed", true],
  ["claims nothing while a test is missing", false],
])("%s", (_, isProved) => {
  show([], isProved);
  expect(document.body.textContent.includes(t("finish-proved"))).toBe(isProved);
});
