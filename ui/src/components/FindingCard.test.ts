import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import type { Finding, Fix } from "../contract";
import { remedy } from "../fixes";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import FindingCard from "./FindingCard.svelte";

const base: Finding = {
  id: "mapping_name",
  code: "mapping_name",
  severity: "error",
  step: "mappings",
  side: "aws",
  field: "attribute_mappings",
  given: null,
  expected: "User.FirstName",
  received: "User.Firstname",
  params: { row: "3" },
  fix: { kind: "copy", what: { kind: "mapping_attribute", row: 2 } },
  basis: "documented",
  kept: false,
};

function show(finding: Finding, backend = new Fake(emptySetup())) {
  render(Stage, { props: { backend, of: FindingCard, given: { finding } } });
  return backend;
}

const button = (action: string) => document.querySelector<HTMLElement>(`[data-action="${action}"]`);

describe("a finding", () => {
  it("marks the characters that differ, on both lines", () => {
    show(base);
    expect([...document.querySelectorAll(".d")].map((mark) => mark.textContent)).toEqual([
      "N",
      "n",
    ]);
  });

  it("says its severity in words", () => {
    show(base);
    expect(screen.getByRole("heading").textContent).toMatch(/^Error:/);
  });

  it("offers to keep the value only where the rule is not documented", () => {
    show(base);
    expect(button("keep")).toBeNull();
  });

  it("offers to keep a value that rests on samples, and becomes a note once kept", () => {
    show({ ...base, basis: "seen" });
    expect(button("keep")).not.toBeNull();
    document.body.replaceChildren();
    show({ ...base, basis: "seen", kept: true });
    expect(button("keep")).toBeNull();
    expect(document.querySelector(".finding--info")).not.toBeNull();
  });

  it("copies the right value with its one button", () => {
    const backend = show(base);
    button("fix-copy")?.click();
    expect(backend.copies).toEqual([{ kind: "mapping_attribute", row: 2 }]);
  });

  it("has no button where the words alone say what to do", () => {
    show({ ...base, fix: { kind: "read" } });
    expect(document.querySelector("[data-action^=fix-]")).toBeNull();
  });

  it("shows hostile values as text", () => {
    show({ ...base, received: "<img src=x>", params: { row: "<b>3</b>" } });
    expect(document.querySelector("img")).toBeNull();
    expect(screen.getByRole("heading").textContent).toContain("<b>3</b>");
  });
});

describe("a fix", () => {
  const cases: [Fix, unknown][] = [
    [
      { kind: "use_value", field: "aws_audience", value: "x" },
      { kind: "enter", field: "aws_audience", text: "x" },
    ],
    [
      { kind: "swap", a: "sp_acs_url", b: "sp_entity_id" },
      { kind: "swap", a: "sp_acs_url", b: "sp_entity_id" },
    ],
    [
      { kind: "go", step: "people" },
      { kind: "go", step: "people" },
    ],
    [{ kind: "look" }, { kind: "look" }],
  ];
  it.each(cases)("%o asks for %o", (fix, action) => {
    expect(remedy(fix)).toMatchObject({ does: "act", action });
  });
});
