import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import App from "../App.svelte";
import type { ComparedValueView, ReceivedHandover } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";

const fact = (value: string): ComparedValueView["theirs"] => ({
  value,
  source: {
    kind: "imported",
    file: null,
    origin: { role: "nops", name: null, source: "entered", at: "2026-11-12T14:32:00Z" },
  },
  at: "2026-11-12T14:32:00Z",
  kept: false,
});

const RECEIVED: ReceivedHandover = {
  file: "nops-sso-for-aws-administrator.nops-setup",
  from: "nops",
  saved: "2026-11-12T14:32:00Z",
  fingerprint: "digital apollo aroma rival artist rebel",
  personal_data: false,
  other_organization: false,
  values: [
    { field: "sp_acs_url", difference: "conflict", mine: fact("mine"), theirs: fact("theirs") },
    { field: "sp_entity_id", difference: "new", mine: null, theirs: fact("id") },
  ],
  unchanged: 2,
};

async function show(received: ReceivedHandover) {
  const setup = emptySetup();
  const handover = { lane: "aws" as const, received, sent: null };
  const backend = new Fake({ ...setup, handover });
  render(App, { props: { backend } });
  await tick();
  return backend;
}

const press = (name: string) => fireEvent.click(document.querySelector(`[data-action="${name}"]`)!);

it("takes values only after each conflict has a choice", async () => {
  const backend = await show(RECEIVED);
  expect(document.querySelectorAll("[data-fingerprint] li")).toHaveLength(6);
  await press("take-handover");
  expect(backend.actions).toEqual([]);
  await fireEvent.click(document.querySelector('[data-field="theirs-sp_acs_url"]')!);
  await press("take-handover");
  expect(backend.actions).toEqual([
    {
      kind: "take_handover",
      fingerprint: RECEIVED.fingerprint,
      choices: { sp_acs_url: "theirs" },
    },
  ]);
});

it("closes a file that has nothing new", async () => {
  const backend = await show({ ...RECEIVED, values: [] });
  expect(document.querySelector("[data-nothing-new]")).not.toBeNull();
  expect(document.querySelector('[data-action="take-handover"]')).toBeNull();
  await press("discard-handover");
  expect(backend.actions).toEqual([{ kind: "discard_handover" }]);
});

it("is the only thing that acts", async () => {
  const backend = await show(RECEIVED);
  const rail = document.querySelector(".rail")!;
  for (const action of ["close", "hand-over", "mini-window", "go-connect"])
    expect(rail.querySelector(`[data-action="${action}"]`), action).toBeNull();
  for (const key of ["ArrowRight", "ArrowLeft"])
    await fireEvent.keyDown(document.body, { key, altKey: true });
  backend.choose({ kind: "go", step: "people" });
  backend.choose({ kind: "setups" });
  await tick();
  expect(backend.actions).toEqual([]);
});

it("names another nOps organization", async () => {
  await show({ ...RECEIVED, other_organization: true });
  expect(document.querySelector("[data-other-organization]")).not.toBeNull();
});
