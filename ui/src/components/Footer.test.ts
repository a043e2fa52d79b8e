import { render } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import type { Finding, StepView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import Footer from "./Footer.svelte";
import RailStep from "./RailStep.svelte";

const finding = (id: string): Finding => ({
  id,
  mistake: id,
  code: "link_empty",
  severity: "error",
  step: "addresses",
  side: "nops",
  field: "sp_acs_url",
  item: null,
  cause: null,
  given: null,
  expected: null,
  received: null,
  params: {},
  fix: null,
  basis: "documented",
  kept: false,
  can_keep: false,
  recheck: null,
});

function show(step: Partial<StepView>, findings: Finding[] = []) {
  const setup = emptySetup();
  setup.steps = setup.steps.map((one) => (one.step === "addresses" ? { ...one, ...step } : one));
  setup.findings = findings;
  const backend = new Fake(setup);
  render(Stage, { props: { backend, of: Footer, given: {} } });
  return setup.steps[2]!;
}

const button = () => document.querySelector<HTMLElement>('[data-action="continue"]')!;
const says = () => document.querySelector(".foot__say")?.textContent?.trim();

describe("the footer", () => {
  it("leads to the differences that a repair lists", () => {
    for (const worst_difference of ["error", "warning"] as const) {
      document.body.replaceChildren();
      const repair = { repair: true, differences: 2, worst_difference };
      const setup = { ...emptySetup(), current: "start" as const, ...repair };
      render(Stage, { props: { backend: new Fake(setup), of: Footer, given: {} } });
      const link = document.querySelector(".foot__say a");
      expect(link?.getAttribute("href")).toBe("#differences");
      expect(link?.textContent).toBe(t(`status-${worst_difference}`, { count: 2 }));
    }
  });

  it("fills Continue when nothing is left to do", () => {
    show({ status: { kind: "done" } });
    expect(button().classList).toContain("btn--main");
    expect(says()).toBe(t("foot-nothing"));
  });

  it("lists the remaining tasks next to a plain Continue", () => {
    show({ open: ["acs"] });
    expect(button().classList).not.toContain("btn--main");
    expect(button()).not.toHaveProperty("disabled", true);
    expect(says()).toBe(t("foot-open", { open: t("open-acs"), more: 0 }));
  });

  it("names the next task and counts the rest", () => {
    show({ open: ["admin_signed_in", "admin_password", "recovery"] });
    expect(says()).toBe(t("foot-open", { open: t("open-admin_signed_in"), more: 2 }));
  });

  it("leaves the reason for a lock to the notice above the step", () => {
    show({
      status: { kind: "locked", after: ["application"], needs: "application" },
      open: ["acs"],
    });
    expect(says()).toBe("");
  });

  it("lets the user skip ahead", () => {
    show({ open: ["acs"], skipped: true });
    expect(button().classList).toContain("btn--main");
    expect(says()).toBe(t("foot-skipped"));
  });

  it("counts problems the same way as the rail", () => {
    const step = show(
      { status: { kind: "attention", count: 1 }, problems: 1, worst: "error" },
      ["a", "b", "c"].map(finding),
    );
    const count = t("status-error", { count: 1 });
    expect(document.querySelector(".foot__say a")?.textContent).toBe(count);
    expect(document.querySelector(".foot__say a")?.getAttribute("href")).toBe("#f-a");
    const backend = new Fake(emptySetup());
    render(Stage, { props: { backend, of: RailStep, given: { step, current: false } } });
    expect(document.querySelector(".step__status")?.textContent).toBe(count);
  });
});
