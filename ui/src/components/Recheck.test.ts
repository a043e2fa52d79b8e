import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { RecheckView, RecheckReport } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import Recheck from "./Recheck.svelte";

const REPORT: RecheckReport = {
  at: "2026-11-12T14:32:00Z",
  checks: [
    { subject: "metadata", state: "checked", cause: null, last_checked: null },
    {
      subject: "people",
      state: "skipped",
      cause: { key: "recheck-no-credentials", params: {} },
      last_checked: "2026-11-10T08:00:00Z",
    },
  ],
  changed: [
    {
      field: "application_status",
      item: null,
      before: "ENABLED",
      after: "GONE",
      fix: { kind: "open", page: { kind: "aws_application" } },
    },
    {
      field: "configuration_saved",
      item: null,
      before: null,
      after: "2026-11-12T10:00:00Z",
      fix: { kind: "go", step: "application" },
    },
  ],
  findings: [],
};

function show(recheck: RecheckView) {
  const backend = new Fake({ ...emptySetup(), current: "finish", recheck });
  render(Stage, { props: { backend, of: Recheck, given: {} } });
  return backend;
}

it("asks for a check", async () => {
  const backend = show({ is_running: false, result: null, report: null, failure: null });
  expect(document.querySelector("[data-recheck]")).toBeNull();
  await fireEvent.click(document.querySelector("button")!);
  expect(backend.actions).toEqual([{ kind: "check_now" }]);
});

it("shows what changed, and what wasn't checked", () => {
  show({ is_running: false, result: "problems", report: REPORT, failure: null });
  const text = document.body.textContent;
  expect(text).toContain("enabled → deleted");
  expect(text).not.toMatch(/ENABLED|GONE|T10:00/);
  expect(text).toContain("November 12, 2026");
  expect(document.querySelectorAll("[data-changed] button")).toHaveLength(2);
  expect(text).toContain(t("recheck-no-credentials"));
  expect(text).toContain("Last checked November 10, 2026");
  expect(document.querySelector("[data-recheck=problems]")).not.toBeNull();
});

it("can't be started twice", () => {
  show({ is_running: true, result: null, report: null, failure: null });
  expect(document.querySelector("button")!.matches(":disabled, [aria-disabled=true]")).toBe(true);
});
