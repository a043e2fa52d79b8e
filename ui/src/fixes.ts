import type { Action, Field, Fix, Step } from "./bindings";
import type { Command } from "./commands";
import { stepNumber } from "./steps";
import { t, type Params } from "./words";

/**
 * The command for a finding's button, or `null` if the fix is only text. `name` is the name of the
 * button, and `step` is the step that contains the field.
 */
export function fixCommand(fix: Fix, name: string, step?: Step): Command | null {
  switch (fix.kind) {
    case "use_value": {
      const { field, value } = fix;
      const action: Action = { kind: "enter", field, text: value, html: null };
      return { kind: "act", action, focus: field };
    }
    case "swap":
      return { kind: "act", action: { kind: "swap", a: fix.a, b: fix.b }, focus: fix.a };
    case "replace_application":
      return {
        kind: "act",
        action: { kind: "replace_application", value: fix.value },
        focus: "idp_link",
      };
    case "look":
      return { kind: "act", action: { kind: "look" }, focus: null };
    case "rotate":
      return { kind: "act", action: { kind: "start_rotation" }, focus: null };
    case "go":
      return { kind: "go", step: fix.step };
    case "copy":
      return { kind: "copy_value", what: fix.what, button: name };
    case "open":
      return { kind: "open_page", page: fix.page };
    case "again":
      return FILES.has(fix.field)
        ? { kind: "choose_file" }
        : { kind: "focus_field", field: fix.field, step };
    case "read":
      return null;
  }
}

/** Fields that take a file. */
export const FILES: ReadonlySet<Field> = new Set(["idp_certificate", "idp_metadata"]);

/** The label of the button for a fix, or an empty string if the fix has no button. */
export function fixLabel(fix: Fix): string {
  if (fix.kind === "read") return "";
  if (fix.kind === "again" && FILES.has(fix.field)) return t("fix-again-file");
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
    case "replace_application":
    case "look":
    case "rotate":
    case "read":
      return {};
  }
}
