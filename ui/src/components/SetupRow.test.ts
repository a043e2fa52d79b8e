import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { SetupCard, Step } from "../bindings";
import { stepNumber } from "../steps";
import { Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import SetupRow from "./SetupRow.svelte";

const card: SetupCard = {
  id: "one",
  name: "Example Corp",
  world: "real",
  account: null,
  region: null,
  step: "dry_run",
  next_step: "dry_run",
  problems: 0,
  worst: null,
  finished: false,
  changed: "2026-11-12T14:32:00Z",
  held: false,
  duplicate: false,
  interrupted: false,
  last_check: null,
  can_check: false,
  rotation: null,
};

const handlers = { onnew: () => {}, onrename: () => {}, ondelete: () => {} };

const statuses = () => [...document.querySelectorAll(".st")].map(({ textContent }) => textContent);

it.each([
  [card, []],
  [{ ...card, problems: 2, worst: "error" } as const, [t("status-error", { count: 2 })]],
  [{ ...card, problems: 2, worst: "warning" } as const, [t("status-warning", { count: 2 })]],
  [
    { ...card, step: "finish", next_step: "finish", finished: true } as const,
    [t("setups-finished")],
  ],
  [
    { ...card, last_check: { at: card.changed, result: "problems" } } as const,
    [t("recheck-result-problems")],
  ],
])("shows only what the setup's file contains", (card, expected) => {
  render(Stage, { props: { backend: new Fake(), of: SetupRow, given: { card, ...handlers } } });
  expect(statuses()).toEqual(expected);
});

it("opens a finished setup, which has no next step", () => {
  const finished = { ...card, step: "people", next_step: "finish", finished: true } as const;
  for (const shown of [card, finished]) {
    document.body.replaceChildren();
    const given = { card: shown, ...handlers };
    render(Stage, { props: { backend: new Fake(), of: SetupRow, given } });
    const button = document.querySelector('[data-action="resume"]')!;
    const label = t(shown.finished ? "setups-open" : "continue");
    expect(button.textContent).toContain(label);
    const status = document.querySelector(`[data-l="${t("setups-status")}"]`)!.textContent;
    expect(/step/i.test(status)).toBe(!shown.finished);
  }
});

it.each([
  ["people", "application", ["setups-step 4", "setups-opens 9"]],
  ["application", "application", ["setups-step 4"]],
] as const)("opened at %s, shows the next step %s", (step, next_step, expected) => {
  const given = { card: { ...card, step, next_step }, ...handlers };
  render(Stage, { props: { backend: new Fake(), of: SetupRow, given } });
  const shown = document.querySelector(`[data-l="${t("setups-status")}"]`)!.textContent;
  const words = (key: string, step: Step) =>
    t(key, { number: stepNumber(step), step: t(`step-${step}`) });
  const said = [
    ["setups-step", next_step],
    ["setups-opens", step],
  ] as const;
  expect(
    said.flatMap(([key, step]) =>
      shown.includes(words(key, step)) ? [`${key} ${stepNumber(step)}`] : [],
    ),
  ).toEqual(expected);
});
