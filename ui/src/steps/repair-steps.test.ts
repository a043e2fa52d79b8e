import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Step } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import { STEP_PAGES } from "./pages";

/** The messages of steps 3 and 7 that are about an SSO that isn't on yet. */
const FIRST_SAVE: [Step, string[]][] = [
  ["addresses", ["lead-addresses", "before", "addresses-switch-on", "details-skip-domain"]],
  ["details", ["details-lead", "details-skip-domain", "details-group-mapping", "details-cut"]],
];

function show(current: Step, repair: boolean): string {
  document.body.replaceChildren();
  const backend = new Fake({ ...emptySetup(), current, repair });
  render(Stage, { props: { backend, of: STEP_PAGES[current], given: {} } });
  return document.body.textContent;
}

it.each(FIRST_SAVE)("words step %s for a repair", (step, messages) => {
  for (const repair of [false, true]) {
    const text = show(step, repair);
    for (const message of messages) {
      expect(text.includes(t(message)), message).toBe(!repair);
      expect(text.includes(t(`${message}.repair`)), `${message}.repair`).toBe(repair);
    }
  }
});

it("asks a repair nothing about the first save", () => {
  expect(show("addresses", false)).toContain(t("addresses-not-yet"));
  expect(show("addresses", true)).not.toContain(t("addresses-not-yet"));
  expect(show("details", false)).toContain(t("details-unknown"));
  expect(show("details", true)).not.toContain(t("details-unknown"));
});
