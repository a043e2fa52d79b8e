import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { FactView, NopsCheckView, SetupView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import NopsCheck from "./NopsCheck.svelte";

afterEach(() => {
  vi.restoreAllMocks();
});

const ASKED: NopsCheckView = {
  host: "app.nops.io",
  is_usual: true,
  is_allowed: true,
  state: "idle",
  at: "2026-11-12T14:31:07Z",
  metadata_unseen: null,
  endpoint_unseen: null,
};

const fact = (value: string): FactView => ({
  value,
  source: { kind: "observed" },
  at: "2026-11-12T14:31:07Z",
  kept: false,
});

async function stage(
  nops_check: NopsCheckView,
  facts: Record<string, FactView> = {},
  setup: Partial<SetupView> = {},
) {
  const backend = new Fake({ ...emptySetup(), ...setup, nops_check, facts });
  render(Stage, { props: { backend, of: NopsCheck, given: {} } });
  await tick();
  return backend;
}

/** Resolves after the action of the click has been answered. */
async function settled() {
  for (let at = 0; at < 10; at++) await tick();
}

const row = (name: string) => document.querySelector<HTMLElement>(`[data-check="${name}"]`);
const click = (action: string) =>
  fireEvent.click(document.querySelector(`[data-action="${action}"]`)!);

describe("the check in nOps", () => {
  it("isn't offered without an address", async () => {
    await stage({ ...ASKED, host: null });
    expect(document.querySelector("section")).toBeNull();
  });

  it("names the host and asks only after a click", async () => {
    const backend = await stage({ ...ASKED, is_allowed: false, at: null });
    expect(document.body.textContent).toContain("app.nops.io");
    expect(backend.actions).toEqual([]);
    await click("check-nops");
    expect(backend.actions).toEqual([{ kind: "check_nops", host: "app.nops.io" }]);
  });

  it("names no nOps host in practice mode", async () => {
    await stage({ ...ASKED, is_allowed: false, at: null }, {}, { world: "practice" });
    expect(document.body.textContent).toContain(t("nops-check.practice"));
    expect(document.body.textContent).not.toContain("app.nops.io");
  });

  it("asks for confirmation before another host is contacted", async () => {
    const host = "sso.partner.example";
    const backend = await stage({ ...ASKED, host, is_usual: false, is_allowed: false });
    await click("confirm-nops-host");
    expect(backend.actions).toEqual([]);
    await click("confirm-check-nops");
    expect(backend.actions).toEqual([{ kind: "check_nops", host }]);
  });

  it.each([
    ["https://a.example/saml", "good", "same"],
    ["https://b.example/saml", "error", "differs"],
    [undefined, "unknown", "seen"],
  ])("compares the saved endpoint with %s", async (ours, state, word) => {
    const saved = { nops_saved_endpoint: fact("https://a.example/saml") };
    await stage(ASKED, ours === undefined ? saved : { ...saved, idp_sso_url: fact(ours) });
    expect(row("endpoint")?.dataset["state"]).toBe(state);
    expect(row("endpoint")?.textContent).toContain(t(`nops-check-endpoint.${word}`));
  });

  it("says why nOps's response couldn't be used", async () => {
    const cause = { key: "nops-unseen-refused", params: { status: "404" } };
    await stage({ ...ASKED, metadata_unseen: cause }, { nops_saved: fact("true") });
    expect(row("metadata")?.dataset["state"]).toBe("unknown");
    expect(row("metadata")?.textContent).toContain(
      `${t("nops-check-metadata.unseen")} ${t("nops-unseen-refused", cause.params)}`,
    );
  });

  it("doesn't alarm before anything is saved", async () => {
    const cause = { key: "nops-unseen-refused", params: { status: "400" } };
    await stage({ ...ASKED, metadata_unseen: cause, endpoint_unseen: cause });
    for (const name of ["metadata", "endpoint"]) {
      expect(row(name)?.textContent).toContain(`. ${t("nops-check.early")}`);
      expect(row(name)?.textContent).not.toContain("400");
    }
  });

  it("gives the reason in a repair, which nOps saved before", async () => {
    const cause = { key: "nops-unseen-refused", params: { status: "400" } };
    await stage({ ...ASKED, metadata_unseen: cause }, {}, { repair: true });
    expect(row("metadata")?.textContent).toContain("400");
    expect(row("metadata")?.textContent).not.toContain(t("nops-check.early"));
  });

  it.each(["asking", "waiting"] as const)("keeps its button while it is %s", async (state) => {
    await stage({ ...ASKED, state });
    const buttons = [...document.querySelectorAll<HTMLElement>("[data-action]")];
    expect(buttons[0]?.dataset["action"]).toBe("check-nops");
    expect(buttons[0]?.textContent).toBe(t("nops-check.go"));
    expect(buttons[0]?.getAttribute("aria-disabled")).toBe("true");
  });

  it("scrolls only to a result that the user requested", async () => {
    const scrolled = vi.spyOn(Element.prototype, "scrollIntoView").mockReturnValue();
    const seen = { nops_saved_endpoint: fact("https://a.example/saml") };
    const backend = await stage({ ...ASKED, state: "asking" }, seen);
    backend.show(() => ({ nops_check: ASKED }));
    await tick();
    expect(scrolled).not.toHaveBeenCalled();
    await click("check-nops");
    await settled();
    backend.show(() => ({ nops_check: { ...ASKED, state: "asking" } }));
    await tick();
    backend.show(() => ({ nops_check: { ...ASKED, at: "2026-11-12T14:32:00Z" } }));
    await tick();
    expect(scrolled).toHaveBeenCalled();
  });

  it("can be stopped while it waits for the save in nOps", async () => {
    const backend = await stage({ ...ASKED, state: "waiting" });
    await click("stop-checking-nops");
    expect(backend.actions).toEqual([{ kind: "stop_checking_nops" }]);
  });
});
