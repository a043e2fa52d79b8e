import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";

import type { Finding, Fix } from "../bindings";
import { fixCommand } from "../fixes";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import FindingCard from "./FindingCard.svelte";

const base: Finding = {
  id: "mapping_name",
  mistake: "",
  code: "mapping_name",
  severity: "error",
  step: "mappings",
  side: "aws",
  field: "attribute_mappings",
  item: null,
  cause: null,
  given: null,
  expected: "User.FirstName",
  received: "User.Firstname",
  params: { row: "3" },
  fix: { kind: "copy", what: { kind: "mapping_attribute", row: 2 } },
  basis: "documented",
  kept: false,
  can_keep: false,
  recheck: null,
};

function show(finding: Finding, backend = new Fake(emptySetup())) {
  render(Stage, { props: { backend, of: FindingCard, given: { finding } } });
  return backend;
}

const button = (action: string) => document.querySelector<HTMLElement>(`[data-action="${action}"]`);

describe("a finding", () => {
  it("highlights differing characters on both lines", () => {
    show(base);
    expect([...document.querySelectorAll(".d")].map((mark) => mark.textContent)).toEqual([
      "N",
      "n",
    ]);
  });

  it("states its severity in words", () => {
    show(base);
    expect(screen.getByRole("heading").textContent).toMatch(/^Error:/);
  });

  it("offers to keep the value only if allowed", () => {
    show({ ...base, basis: "seen" });
    expect(button("keep")).toBeNull();
  });

  it("becomes a note after the user keeps the value", () => {
    show({ ...base, basis: "seen", can_keep: true });
    expect(button("keep")).not.toBeNull();
    document.body.replaceChildren();
    show({ ...base, basis: "seen", kept: true });
    expect(button("keep")).toBeNull();
    expect(document.querySelector(".finding--info")).not.toBeNull();
  });

  it("copies the correct value", () => {
    const backend = show(base);
    button("fix-copy")?.click();
    expect(backend.copies).toEqual([{ kind: "mapping_attribute", row: 2 }]);
  });

  it("names the row or file and hides the code", () => {
    show({ ...base, item: { kind: "row", number: 3 } });
    const card = document.querySelector("[data-finding=mapping_name]");
    expect(card?.textContent).toContain(t("item-row", { row: 3 }));
    expect(card?.textContent).not.toContain("mapping_name");
    document.body.replaceChildren();
    show({
      ...base,
      code: "reading-private_key",
      field: "idp_certificate",
      item: { kind: "file", name: "nops.key" },
      fix: { kind: "again", field: "idp_certificate" },
    });
    expect(document.body.textContent).toContain("nops.key");
    expect(document.body.textContent).not.toContain("reading-private_key");
    // A finding from a parser describes its fix in a sentence and has no button.
    expect(button("fix-again")?.textContent).not.toContain(t("reading-private_key.fix"));
    expect(document.body.textContent).toContain(t("reading-private_key.fix"));
  });

  it("names the side and field when shown elsewhere", () => {
    render(Stage, {
      props: {
        backend: new Fake(emptySetup()),
        of: FindingCard,
        given: { finding: { ...base, field: "aws_audience" }, place: true },
      },
    });
    expect(document.body.textContent).toContain(
      t("place-of-finding", { side: t("side-aws"), field: t("field-aws_audience") }),
    );
  });

  it("checks nOps again if only nOps can show the fix", () => {
    const setup = emptySetup();
    const check = { ...setup.nops_check, host: "app.nops.io", is_allowed: true };
    const backend = new Fake({ ...setup, nops_check: check });
    show({ ...base, code: "link_kind", field: "nops_saved_endpoint" }, backend);
    button("recheck-nops")?.click();
    expect(backend.actions).toEqual([{ kind: "check_nops", host: "app.nops.io" }]);
    document.body.replaceChildren();
    show({ ...base, code: "link_kind" }, backend);
    expect(button("recheck-nops")).toBeNull();
  });

  it("selects the text to replace after a fix", () => {
    show({ ...base, field: "aws_audience", recheck: "aws_audience" });
    const box = document.createElement("textarea");
    box.dataset.field = "aws_audience";
    box.value = "old";
    document.body.append(box);
    button("fix-again")?.click();
    expect(document.activeElement).toBe(box);
    expect([box.selectionStart, box.selectionEnd]).toEqual([0, 3]);
    box.remove();
  });

  it("has no button when the fix is only text", () => {
    show({ ...base, fix: { kind: "read" } });
    expect(document.querySelector("[data-action^=fix-]")).toBeNull();
  });

  it.each<[Fix, string]>([
    [{ kind: "copy", what: { kind: "certificate_pem" } }, "Copy"],
    [{ kind: "again", field: "aws_audience" }, "Paste"],
    [{ kind: "use_value", field: "sp_entity_id", value: "x" }, "Use"],
  ])("names the button of %o for what it does", (fix, verb) => {
    show({ ...base, code: "link_kind", fix });
    expect(button(`fix-${fix.kind.replaceAll("_", "-")}`)?.textContent).toContain(verb);
  });

  it("shows HTML in values as text", () => {
    const params = { attribute: "<b>User</b>" };
    show({ ...base, code: "mapping_missing", received: "<img src=x>", params });
    expect(document.querySelector("img")).toBeNull();
    expect(screen.getByRole("heading").textContent).toContain("<b>User</b>");
  });
});

describe("a fix", () => {
  const cases: [Fix, Record<string, unknown>][] = [
    [
      { kind: "use_value", field: "aws_audience", value: "x" },
      { kind: "act", action: { kind: "enter", field: "aws_audience", text: "x" } },
    ],
    [
      { kind: "swap", a: "sp_acs_url", b: "sp_entity_id" },
      { kind: "act", action: { kind: "swap", a: "sp_acs_url", b: "sp_entity_id" } },
    ],
    [
      { kind: "go", step: "people" },
      { kind: "go", step: "people" },
    ],
    [{ kind: "look" }, { kind: "act", action: { kind: "look" } }],
  ];
  it.each(cases)("%o runs %o", (fix, command) => {
    expect(fixCommand(fix, "one")).toMatchObject(command);
  });
});
