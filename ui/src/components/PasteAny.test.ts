import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import PasteAny from "./PasteAny.svelte";

async function paste(backend: Fake) {
  render(Stage, { props: { backend, of: PasteAny, given: { label: "Any" } } });
  const box = document.querySelector("textarea")!;
  box.value = "text";
  await fireEvent(box, new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
}

it("names the fields that were filled in", async () => {
  const backend = new Fake(emptySetup());
  await paste(backend);
  backend.show(() => ({ filled: { from: null, fields: ["sp_entity_id", "aws_region"] } }));
  await tick();
  const said = document.querySelector("[data-filled]")?.textContent;
  expect(said).toContain(t("field-sp_entity_id"));
  expect(said).toContain(t("field-aws_region"));
});

it("names a field only once if it was filled in several times", async () => {
  const backend = new Fake(emptySetup());
  await paste(backend);
  backend.show(() => ({ filled: { from: null, fields: ["idp_link", "aws_region", "idp_link"] } }));
  await tick();
  const said = document.querySelector("[data-filled]")!.textContent;
  expect(said.split(t("field-idp_link"))).toHaveLength(2);
});

it("doesn't report fields from text that wasn't read", async () => {
  const backend = new Fake(emptySetup());
  await paste(backend);
  await tick();
  expect(document.querySelector("[data-filled]")).toBeNull();
});

it("keeps the result when another box is used", async () => {
  const backend = new Fake(emptySetup());
  await paste(backend);
  backend.show(() => ({ filled: { from: null, fields: ["aws_region"] } }));
  await tick();
  for (const filled of [null, { from: "access_portal_url" as const, fields: [] }]) {
    backend.show(() => ({ filled }));
    await tick();
    const said = document.querySelector("[data-filled]")?.textContent;
    expect(said).toContain(t("field-aws_region"));
  }
});
