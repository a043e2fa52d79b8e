import { render } from "@testing-library/svelte";
import { tick } from "svelte";
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
  const given = { field: "access_portal_url" };
  const backend = new Fake({ ...setup, world });
  render(Stage, { props: { backend, of: BrowserAddress, given } });
  return backend;
}

it.each([
  ["practice", PORTAL, true],
  ["practice", null, false],
  ["real", PORTAL, false],
] as const)("in %s mode with %s, mentions the practice page: %s", (world, value, expected) => {
  show(world, value);
  expect(document.body.textContent?.includes(t("practice-address"))).toBe(expected);
});

it("asks for an unknown portal where it's needed", async () => {
  const box = () => document.querySelector('textarea[data-field="access_portal_url"]');
  const backend = show("real", null);
  const before = box();
  expect(before).not.toBeNull();
  const fact = { value: PORTAL, source: { kind: "entered" as const }, at: "1", kept: false };
  backend.show(() => ({ facts: { access_portal_url: fact } }));
  await tick();
  expect(box(), "the box stays where it is").toBe(before);
});

it("doesn't ask for a known portal", () => {
  show("real", PORTAL);
  expect(document.querySelector("textarea")).toBeNull();
});
