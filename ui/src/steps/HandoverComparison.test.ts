import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import App from "../App.svelte";
import type { ComparedValueView, ReceivedHandover } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import { date, moment } from "../time";
import { t } from "../words";

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

const PLAIN: ComparedValueView = {
  field: "sp_entity_id",
  difference: "new",
  mine: null,
  theirs: fact("theirs"),
  my_details: [],
  their_details: [],
};

const RECEIVED: ReceivedHandover = {
  file: "nops-sso-for-aws-administrator.nops-setup",
  from: "nops",
  saved: "2026-11-12T14:32:00Z",
  fingerprint: "digital apollo aroma rival artist rebel",
  personal_data: false,
  other_organization: false,
  values: [
    { ...PLAIN, field: "sp_acs_url", difference: "conflict", mine: fact("mine") },
    { ...PLAIN, field: "sp_entity_id" },
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

it("shows what distinguishes documents and results", async () => {
  const until = "2031-11-12T00:00:00Z";
  const certificate = (sha256: string) => ({
    kind: "certificate" as const,
    sha256,
    not_after: until,
  });
  const metadata = { ...PLAIN, field: "idp_metadata" as const, mine: fact("same") };
  const end = (end: string) => t("handover-detail-certificate.end", { end, until: date(until) });
  const tested = { kind: "tested_at" as const, at: "2026-11-12T14:32:00Z" };
  await show({
    ...RECEIVED,
    values: [
      {
        ...metadata,
        my_details: [certificate("00000000AAAAAAAA")],
        their_details: [certificate("00000000BBBBBBBB")],
      },
      { ...PLAIN, field: "dry_run", theirs: fact("passed"), their_details: [tested] },
    ],
  });
  const row = (field: string) => document.querySelector(`[data-value="${field}"]`)!.textContent;
  expect(row("idp_metadata")).toContain(end("AAAAAAAA"));
  expect(row("idp_metadata")).toContain(end("BBBBBBBB"));
  expect(row("dry_run")).toContain(moment(tested.at));
  document.body.replaceChildren();
  await show({ ...RECEIVED, values: [metadata] });
  expect(row("idp_metadata")).toContain(t("handover-detail-format"));
});

it("names another nOps organization", async () => {
  await show({ ...RECEIVED, other_organization: true });
  expect(document.querySelector("[data-other-organization]")).not.toBeNull();
});
