import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import Mappings from "./Mappings.svelte";

const BY_EMAIL = "${user:email}";
const BY_USER_NAME = "${user:subject}";

function show(recommended: string) {
  const setup = { ...emptySetup(), current: "mappings" as const };
  const backend = new Fake({ ...setup, subject_recommended: recommended });
  render(Stage, { props: { backend, of: Mappings, given: {} } });
  return backend;
}

const option = (value: string) =>
  document.querySelector<HTMLInputElement>(`[data-field=subject_mapping] [value="${value}"]`)!;
const isMarked = (value: string) =>
  option(value).labels![0]!.textContent.includes(t("recommended"));
const declared = (value: string) => ({ kind: "declare", field: "subject_mapping", value });

it.each([
  [BY_EMAIL, BY_USER_NAME],
  [BY_USER_NAME, BY_EMAIL],
])("selects the recommended %s until the user chooses", async (recommended, other) => {
  const backend = show(recommended);
  expect([isMarked(recommended), isMarked(other)]).toEqual([true, false]);
  expect(option(recommended).checked).toBe(true);
  expect(backend.actions).toEqual([]);
  const fact = { value: other, source: { kind: "declared" as const }, at: "1", kept: false };
  await fireEvent.click(option(other));
  backend.show(() => ({ facts: { subject_mapping: fact } }));
  await tick();
  expect(backend.actions).toEqual([declared(other)]);
  expect(option(other).checked).toBe(true);
  expect(isMarked(recommended)).toBe(true);
});

it("records the recommended value when the user clicks it", async () => {
  const backend = show(BY_EMAIL);
  await fireEvent.click(option(BY_EMAIL));
  expect(backend.actions).toEqual([declared(BY_EMAIL)]);
});

it("moves nothing below when an answer arrives", async () => {
  const backend = show(BY_EMAIL);
  const parts = () => document.querySelector("[data-field=subject_mapping]")!.childElementCount;
  const before = parts();
  const fact = { value: BY_EMAIL, source: { kind: "declared" as const }, at: "1", kept: false };
  backend.show(() => ({ facts: { subject_mapping: fact } }));
  await tick();
  expect(parts()).toBe(before);
});
