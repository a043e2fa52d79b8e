import type { Field } from "./bindings";
import { reveal } from "./scroll-anchor";

/** The boxes for values that don't have their own box. */
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
 * Focuses the box for a field, and opens the disclosures that contain the box. Returns whether the
 * box is on the page. With `select`, the next paste replaces the current value.
 */
export function focusField(field: Field, text: "keep" | "select" = "keep"): boolean {
  // The general box accepts values of any kind.
  const box = [field, BOXES[field], "any"]
    .map((name) => document.querySelector<HTMLElement>(`[data-field="${name}"]`))
    .find((element) => element !== null);
  if (!box) return false;
  const fold = box.closest("details");
  if (fold) fold.open = true;
  // A fieldset can't receive focus, so focus its first input.
  const target = box.matches("fieldset") ? box.querySelector<HTMLElement>("input") : box;
  (target ?? box).focus();
  reveal(target ?? box, "center");
  if (text === "select" && (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement))
    box.select();
  return true;
}

/**
 * Focuses the empty box for the step's next value. Does nothing if the box is out of view, because
 * the page must not scroll. Returns whether the box has the focus.
 */
export function focusNextPaste(): boolean {
  const box = document.querySelector<HTMLInputElement | HTMLTextAreaElement>("[data-paste-next]");
  if (!box || box.value !== "") return false;
  const { top, bottom } = box.getBoundingClientRect();
  const end = document.querySelector(".foot")?.getBoundingClientRect().top ?? window.innerHeight;
  if (top < 0 || bottom > end) return false;
  box.focus({ preventScroll: true });
  return true;
}

/** The elements that may have the focus when the user leaves the window to get a value. */
const LEFT_AT = "body, h1, [data-side], [data-action^=open-], [data-action^=copy-], [data-copy]";

/**
 * When the user returns to the window, focuses the next box to paste into, unless another element
 * needs the focus.
 */
export function focusOnReturn(): void {
  const { activeElement: held } = document;
  if (document.querySelector("dialog[open]") || (held && !held.matches(LEFT_AT))) return;
  focusNextPaste();
}

/** The AWS and nOps sides on the page. */
export const sides = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".side")];

/** Focuses the next or previous side. */
export function focusSide(backwards: boolean): void {
  const all = sides();
  const current = all.findIndex((side) => side.contains(document.activeElement));
  const next = backwards ? (current < 0 ? -1 : current - 1) : (current + 1) % all.length;
  all.at(next)?.focus();
}
