import type { Action, Field, Fix } from "./bindings";
import type { Session } from "./session.svelte";
import { stepNumber } from "./steps";
import { t, type Params } from "./words";

/** What a finding's button does. A finding whose fix is only text has none. */
export type Remedy =
  | { does: "act"; action: Action; then: Field | null }
  | { does: "copy"; fix: Extract<Fix, { kind: "copy" }> }
  | { does: "open"; fix: Extract<Fix, { kind: "open" }> }
  | { does: "choose" }
  | { does: "focus"; field: Field }
  | { does: "nothing" };

export function remedy(fix: Fix): Remedy {
  switch (fix.kind) {
    case "use_value":
      return {
        does: "act",
        action: { kind: "enter", field: fix.field, text: fix.value, html: null },
        then: fix.field,
      };
    case "swap":
      return { does: "act", action: { kind: "swap", a: fix.a, b: fix.b }, then: fix.a };
    case "go":
      return { does: "act", action: { kind: "go", step: fix.step }, then: null };
    case "look":
      return { does: "act", action: { kind: "look" }, then: null };
    case "copy":
      return { does: "copy", fix };
    case "open":
      return { does: "open", fix };
    case "again":
      return FILES.has(fix.field) ? { does: "choose" } : { does: "focus", field: fix.field };
    case "read":
      return { does: "nothing" };
  }
}

/** Fields that take a file. */
export const FILES: ReadonlySet<Field> = new Set(["idp_certificate", "idp_metadata"]);

/** The label of a fix's button, or an empty string if the fix has no button. */
export function fixLabel(fix: Fix): string {
  if (fix.kind === "read") return "";
  return t(`fix-${fix.kind}`, labelParams(fix));
}

function labelParams(fix: Fix): Params {
  switch (fix.kind) {
    case "use_value":
    case "again":
      return { field: t(`field-${fix.field}`) };
    case "swap":
      return { a: t(`field-${fix.a}`), b: t(`field-${fix.b}`) };
    case "go":
      return { step: t(`step-${fix.step}`), number: stepNumber(fix.step) };
    case "open":
      return { page: t(`page-${fix.page.kind}`) };
    case "copy":
      return { what: t(`copyable-${fix.what.kind}`) };
    case "look":
    case "read":
      return {};
  }
}

/** The box for each value that has no box of its own. */
const BOXES: Partial<Record<Field, string>> = {
  application_arn: "idp_link",
  idp_entity_id: "idp_link",
  idp_sso_url: "idp_link",
  idp_metadata_url: "idp_link",
  idp_metadata_fetched: "idp_link",
  request_name_id_format: "test_from_nops_error",
  test_from_portal: "test_from_portal_error",
  test_from_nops: "test_from_nops_error",
};

/**
 * Focuses the box for a field and opens the disclosures around it. Returns whether the box is on the page.
 * With `select`, the next paste replaces the current value.
 */
export function focusField(field: Field, text: "keep" | "select" = "keep"): boolean {
  // The general box accepts any value.
  const box = [field, BOXES[field], "any"]
    .map((name) => document.querySelector<HTMLElement>(`[data-field="${name}"]`))
    .find((element) => element !== null);
  if (!box) return false;
  const fold = box.closest("details");
  if (fold) fold.open = true;
  // A fieldset can't be focused, so focus its first input.
  const target = box.matches("fieldset") ? box.querySelector<HTMLElement>("input") : box;
  (target ?? box).focus();
  if (text === "select" && (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement))
    box.select();
  return true;
}

/** The announcement after a fix copied the correct value. */
export function copiedSays(session: Session, fix: Extract<Fix, { kind: "copy" }>): string {
  const wire = session.step.wires.find(
    (one) => JSON.stringify(one.copy) === JSON.stringify(fix.what),
  );
  return wire
    ? t("copied-says", { label: t(wire.to_label), side: t(`side-${wire.to_side}`) })
    : t("copied-plain");
}
