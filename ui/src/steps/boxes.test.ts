import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import type { Field, Finding, Step } from "../bindings";
import { findingId } from "../finding";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { STEP_PAGES } from "./pages";

const finding = (field: Field, step: Step): Finding => ({
  id: `note-${field}`,
  mistake: "",
  code: "cleanups",
  severity: "info",
  step,
  side: field.startsWith("nops") ? "nops" : "aws",
  field,
  item: null,
  cause: null,
  given: null,
  expected: null,
  received: null,
  params: { count: "1" },
  fix: null,
  basis: "documented",
  kept: false,
  can_keep: false,
  recheck: null,
});

const STEPS: Step[] = ["connect", "addresses", "application", "mappings", "details"];

it.each(STEPS)("shows a box's finding once in step %s", async (step) => {
  const setup = { ...emptySetup(), current: step };
  const backend = new Fake({
    ...setup,
    connection: { ...setup.connection, way: "by_hand" as const },
  });
  render(Stage, { props: { backend, of: STEP_PAGES[step], given: {} } });
  await tick();
  const boxes = [...document.querySelectorAll<HTMLElement>(".row [data-field]")];
  const fields = boxes.map((box) => box.dataset["field"] as Field);
  expect(fields).not.toEqual([]);
  for (const field of fields) {
    const note = finding(field, step);
    backend.show(() => ({ findings: [note] }));
    await tick();
    expect(document.querySelectorAll(`#${findingId(note)}`), field).toHaveLength(1);
  }
});
