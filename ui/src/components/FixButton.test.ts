import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, it } from "vitest";

import type { Field, Fix } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import FixButton from "./FixButton.svelte";

function show(fix: Fix) {
  const backend = new Fake(emptySetup());
  render(Stage, {
    props: { backend, of: FixButton, given: { fix, name: "one", step: "details" } },
  });
  return { backend, press: () => fireEvent.click(document.querySelector("[data-action^=fix-]")!) };
}

/** Adds a field to the page, inside a closed disclosure. */
function box(name: string): HTMLInputElement {
  const fold = document.body.appendChild(document.createElement("details"));
  const input = fold.appendChild(document.createElement("input"));
  input.dataset["field"] = name;
  return input;
}

const again = (field: Field): Fix => ({ kind: "again", field });

beforeEach(() => document.body.replaceChildren());

it.each(["idp_certificate", "idp_metadata"] as const)(
  "opens the file dialog for %s",
  async (field) => {
    const { backend, press } = show(again(field));
    expect(document.querySelector("button")!.textContent).toBe(t("fix-again-file"));
    await press();
    expect(backend.chosen).toBe(1);
  },
);

it.each([
  ["nops_x509", "nops_x509"],
  ["idp_entity_id", "idp_link"],
  ["test_from_nops", "test_from_nops_error"],
] as const)("focuses the field for %s and opens its disclosure", async (field, name) => {
  const { backend, press } = show(again(field));
  const input = box(name);
  await press();
  expect(document.activeElement).toBe(input);
  expect(input.closest("details")!.open).toBe(true);
  expect(backend.actions).toEqual([]);
});

it("goes to the step that has the field", async () => {
  const { backend, press } = show(again("nops_x509"));
  await press();
  await waitFor(() => expect(backend.actions).toEqual([{ kind: "go", step: "details" }]));
});

it.each<Fix>([
  { kind: "use_value", field: "aws_audience", value: "x" },
  { kind: "swap", a: "sp_acs_url", b: "sp_entity_id" },
  { kind: "go", step: "people" },
  { kind: "look" },
])("asks the core for %o", async (fix) => {
  const { backend, press } = show(fix);
  await press();
  await waitFor(() => expect(backend.actions).toHaveLength(1));
});

it("copies the value or opens the page", async () => {
  const { backend, press } = show({ kind: "copy", what: { kind: "policy" } });
  await press();
  await waitFor(() => expect(backend.copies).toEqual([{ kind: "policy" }]));
});
