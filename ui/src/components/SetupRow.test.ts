import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { SetupCard } from "../bindings";
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
  problems: 0,
  finished: false,
  changed: "2026-11-12T14:32:00Z",
  held: false,
  duplicate: false,
  interrupted: false,
};

const statuses = () => [...document.querySelectorAll(".st")].map(({ textContent }) => textContent);

it.each([
  [card, []],
  [{ ...card, problems: 2 }, [t("status-error", { count: 2 })]],
  [{ ...card, step: "finish", finished: true } as const, [t("setups-finished")]],
])("shows only what the setup's file contains", (card, expected) => {
  render(Stage, { props: { backend: new Fake(), of: SetupRow, given: { card } } });
  expect(statuses()).toEqual(expected);
});
