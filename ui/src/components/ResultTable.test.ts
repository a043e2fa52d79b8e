import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Finding, DryRunRow } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import ResultTable from "./ResultTable.svelte";

const ENTITY = "https://app.nops.io/sso/v1/76acc2fc-15d5-4bdc-a26a-df9239e0b111/metadata";
const rows: DryRunRow[] = [
  { check: "issuer", expected: "a", received: "a", verdict: "pass", finding: null, params: {} },
  {
    check: "user_email",
    expected: "once",
    received: "twice",
    verdict: "warn",
    finding: null,
    params: {},
  },
  {
    check: "signature",
    expected: "a",
    received: "b",
    verdict: "unchecked",
    finding: null,
    params: {},
  },
  {
    check: "audience",
    expected: ENTITY,
    received: `${ENTITY}/`,
    verdict: "fail",
    finding: "dry_run_audience",
    params: {},
  },
];
const finding: Finding = {
  id: "dry_run_audience",
  mistake: "audience",
  code: "dry_run_audience",
  severity: "error",
  step: "dry_run",
  side: "aws",
  field: "aws_audience",
  given: null,
  expected: ENTITY,
  received: `${ENTITY}/`,
  item: null,
  cause: null,
  params: {},
  fix: { kind: "copy", what: { kind: "value", field: "sp_entity_id" } },
  basis: "documented",
  kept: false,
  can_keep: false,
  recheck: null,
};

function show(shown = rows, folds = false) {
  const backend = new Fake(emptySetup());
  const given = { rows: shown, findings: [finding], folds };
  render(Stage, { props: { backend, of: ResultTable, given } });
  return backend;
}

it("shows failed checks first and passed checks last", () => {
  show();
  const order = [...document.querySelectorAll<HTMLElement>("[data-check]")].map(
    (row) => row.dataset["check"],
  );
  expect(order).toEqual(["audience", "signature", "user_email", "issuer"]);
});

it.each([
  ["some", rows, ["audience", "signature", "user_email"], 1],
  ["all", rows.slice(0, 1), [], 1],
  ["no", rows.slice(1), ["audience", "signature", "user_email"], 0],
] as const)("collapses the checks that passed if %s checks passed", (_name, shown, open, count) => {
  show([...shown], true);
  const checks = [...document.querySelectorAll<HTMLElement>("[data-check]")];
  const visible = checks.filter((row) => !row.closest("details"));
  expect(visible.map((row) => row.dataset["check"])).toEqual(open);
  const folded = [...document.querySelectorAll("summary")].map((one) => one.textContent?.trim());
  expect(folded).toEqual(count ? [t("dry-run-passed", { count })] : []);
});

it("highlights the extra character", () => {
  show();
  expect([...document.querySelectorAll(".d")].map((mark) => mark.textContent)).toEqual(["/"]);
});

it("highlights nothing when compared with a sentence", () => {
  const wrongName = { expected: "once", received: "User.Firstname", verdict: "fail" as const };
  show([{ check: "first_name", finding: null, params: {}, ...wrongName }]);
  expect(document.body.textContent).toContain("User.Firstname");
  expect(document.querySelectorAll(".d")).toHaveLength(0);
});

it("repeats an expected sentence, but not an expected value", () => {
  const none = "dry-run-expected-no-others";
  show([
    {
      check: "attributes",
      expected: none,
      received: none,
      verdict: "pass",
      finding: null,
      params: {},
    },
    {
      check: "issuer",
      expected: ENTITY,
      received: ENTITY,
      verdict: "pass",
      finding: null,
      params: {},
    },
  ]);
  const received = (check: string) =>
    document.querySelector(`[data-check="${check}"] td:nth-child(3)`)?.textContent;
  expect(received("attributes")).toBe(t(none));
  expect(received("issuer")).toBe(t("dry-run-same"));
});

it("fills in the variables of a sentence", () => {
  const params = { now: "10:05:00", issued: "10:00:00", from: "09:55:00", until: "11:00:00" };
  const [expected, received] = ["dry-run-expected-time", "dry-run-received-time"];
  show([{ check: "time", expected, received, params, verdict: "pass", finding: null }]);
  const cells = [...document.querySelectorAll('[data-check="time"] td')].map((td) =>
    td.textContent?.trim(),
  );
  expect(cells.slice(0, 2)).toEqual([t(expected, params), t(received, params)]);
  expect(cells[1]).toContain("11:00:00");
});

it("shows the fix below the failed row", () => {
  show();
  const below = document.querySelector('[data-check="audience"]')?.nextElementSibling;
  expect(below?.querySelector('[data-finding="dry_run_audience"]')).not.toBeNull();
});

it("shows a shared fix once", () => {
  const both = ["destination", "recipient"].map((check) => ({
    row: {
      check,
      expected: "a",
      received: "b",
      verdict: "fail",
      finding: check,
      params: {},
    } as const,
    finding: { ...finding, id: check, code: check, field: "aws_acs_url", received: "b" } as const,
  }));
  const given = {
    rows: both.map(({ row }) => row),
    findings: both.map(({ finding }) => finding),
  };
  render(Stage, { props: { backend: new Fake(emptySetup()), of: ResultTable, given } });
  const shown = [...document.querySelectorAll<HTMLElement>("[data-finding]")];
  expect(shown.map((one) => one.dataset["finding"])).toEqual(["destination"]);
});

it("copies the correct value", async () => {
  const backend = show();
  document.querySelector<HTMLElement>('[data-action="fix-copy"]')?.click();
  await Promise.resolve();
  expect(backend.copies).toEqual([{ kind: "value", field: "sp_entity_id" }]);
});
