import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { SetupWatchView, WatchReport } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import SetupWatch from "./SetupWatch.svelte";

const REPORT: WatchReport = {
  at: "2026-11-12T14:32:00Z",
  checks: [
    { subject: "metadata", state: "checked", cause: null },
    { subject: "people", state: "skipped", cause: { key: "watch-no-credentials", params: {} } },
  ],
  changed: [{ field: "application_status", item: null, before: "ENABLED", after: "GONE" }],
  findings: [],
};

function show(watched: SetupWatchView) {
  const backend = new Fake({ ...emptySetup(), current: "finish", watched });
  render(Stage, { props: { backend, of: SetupWatch, given: {} } });
  return backend;
}

it("asks for a check", async () => {
  const backend = show({ is_running: false, result: null, report: null });
  expect(document.querySelector("[data-watch]")).toBeNull();
  await fireEvent.click(document.querySelector("button")!);
  expect(backend.actions).toEqual([{ kind: "check_now" }]);
});

it("shows what changed, and what wasn't checked", () => {
  show({ is_running: false, result: "problems", report: REPORT });
  const text = document.body.textContent;
  expect(text).toContain("ENABLED → GONE");
  expect(text).toContain(t("watch-no-credentials"));
  expect(document.querySelector("[data-watch=problems]")).not.toBeNull();
});

it("can't be started twice", () => {
  show({ is_running: true, result: null, report: null });
  expect(document.querySelector("button")!.matches(":disabled, [aria-disabled=true]")).toBe(true);
});
