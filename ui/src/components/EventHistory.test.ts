import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";

import type { EventHistoryView, FactView, SetupView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import EventHistory from "./EventHistory.svelte";

const AT = "2026-11-12T14:31:07Z";
const LOOKING: EventHistoryView = { state: "looking", at: AT, unseen: null, opened: null };
const DENIED = { key: "aws-denied", params: { action: "cloudtrail:LookupEvents" } };

const fact = (value: string): FactView => ({
  value,
  source: { kind: "observed" },
  at: AT,
  kept: false,
});

async function stage(change: Partial<SetupView>) {
  const backend = new Fake({ ...emptySetup(), event_history: LOOKING, ...change });
  const rows = ["configuration", "mappings", "signed_in", "opened", "nops"];
  render(Stage, { props: { backend, of: EventHistory, given: { rows } } });
  await tick();
  return backend;
}

const row = (name: string) => document.querySelector<HTMLElement>(`[data-check="${name}"]`);
const state = (name: string) => row(name)?.dataset["state"];
const click = (action: string) =>
  fireEvent.click(document.querySelector(`[data-action="${action}"]`)!);

describe("AWS's event history", () => {
  it("isn't shown without a connection", async () => {
    await stage({ event_history: { ...LOOKING, state: "off" } });
    expect(document.querySelector("section")).toBeNull();
  });

  it("says who saved and how the tester signed in", async () => {
    await stage({
      facts: {
        configuration_saved: fact("ana@example.com"),
        mappings_saved: fact(""),
        tester_signed_in: fact("PASSWORD,TOTP"),
      },
    });
    expect(row("configuration")?.textContent).toContain("ana@example.com");
    expect(row("mappings")?.textContent).not.toContain("unknown");
    expect(row("signed_in")?.textContent).toContain(t("credential-totp"));
    expect(["configuration", "mappings", "signed_in"].map(state)).toEqual(["good", "good", "good"]);
  });

  it("shows a credential that isn't known", async () => {
    await stage({ facts: { tester_signed_in: fact("RETINA") } });
    expect(row("signed_in")?.textContent).toContain(t("credential-other"));
    expect(row("signed_in")?.textContent).not.toContain("RETINA");
  });

  it("claims nothing about an application opened before the last change", async () => {
    const facts = { application_opened: fact("") };
    const backend = await stage({ facts });
    expect(state("opened")).toBe("unknown");
    backend.show(() => ({ event_history: { ...LOOKING, opened: AT } }));
    await tick();
    expect(state("opened")).toBe("good");
  });

  it("keeps the nOps half apart, as confirmed by the user", async () => {
    const test = { test: "test_from_nops", result: "passed", at: AT, stale: false } as const;
    await stage({ event_history: { ...LOOKING, opened: AT }, sign_in_tests: [test] });
    expect(state("nops")).toBe("said");
  });

  it("asks for nothing when AWS denies the optional permission", async () => {
    const event_history = { ...LOOKING, state: "idle", unseen: DENIED } as const;
    const backend = await stage({ event_history });
    expect(row("configuration")?.textContent).toContain(t("event-history.unseen"));
    await click("look-up-events");
    expect(backend.actions).toEqual([{ kind: "look_up_events" }]);
  });
});
