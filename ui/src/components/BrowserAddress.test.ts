import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { SetupKind } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import BrowserAddress from "./BrowserAddress.svelte";

const PORTAL = "https://d-1234567890.awsapps.com/start";

function show(world: SetupKind, value: string | null) {
  const setup = emptySetup();
  for (const step of setup.steps) {
    step.transfers = [
      {
        number: 1,
        copy: { kind: "value", field: "access_portal_url" },
        value,
        from: null,
        to_side: "aws",
        to_label: "field-access_portal_url",
      },
    ];
  }
  const given = { field: "access_portal_url", empty: "-" };
  render(Stage, { props: { backend: new Fake({ ...setup, world }), of: BrowserAddress, given } });
}

it.each([
  ["practice", PORTAL, true],
  ["practice", null, false],
  ["real", PORTAL, false],
] as const)("in %s mode with %s, mentions the practice page: %s", (world, value, expected) => {
  show(world, value);
  expect(document.body.textContent?.includes(t("practice-address"))).toBe(expected);
});
