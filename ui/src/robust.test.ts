import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { recorded } from "../gallery/recorded";
import { names, recording, type Recording } from "../gallery/recordings";
import App from "./App.svelte";
import type { Finding } from "./bindings";
import { emptySetup, Fake } from "./testing/fake";

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));

/** Strings that identify a variant or an entry. All other strings are text. */
const STRUCTURE = new Set([
  ...["id", "key", "kind", "code", "step", "current", "after", "number", "severity", "basis"],
  ...["side", "to_side", "to_label", "field", "from", "test", "page", "look", "keychain"],
  ...["state", "status", "stage", "standing", "world", "way", "result", "verdict", "user"],
  ...["member", "worst", "downloads", "needs", "on", "form"],
]);
const MOMENT = /^\d{4}-\d\d-\d\dT/;

/** Returns the view with every text replaced by `text`. */
function retold(value: unknown, text: string, key = ""): unknown {
  if (typeof value === "string") return STRUCTURE.has(key) || MOMENT.test(value) ? value : text;
  if (Array.isArray(value)) return value.map((one) => retold(one, text, key));
  return changed(value, (inner, name) => retold(inner, text, name));
}

/** Returns the view with every list doubled. The items in the second half get their own IDs. */
function doubled(value: unknown): unknown {
  if (Array.isArray(value)) {
    const once = value.map(doubled);
    return [...once, ...once.map(renamed)];
  }
  return changed(value, doubled);
}

const renamed = (value: unknown): unknown =>
  changed(value, (inner, name) =>
    typeof inner === "string" && ["id", "key"].includes(name) ? `${inner}-again` : inner,
  );

function changed(value: unknown, change: (value: unknown, key: string) => unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one, key)]));
}

const VARIANTS: Record<string, (shown: unknown) => unknown> = {
  doubled,
  "doubled and empty": (shown) => doubled(retold(shown, "")),
  "doubled and long": (shown) => doubled(retold(shown, "W".repeat(2000))),
  "doubled and repeated": (shown) => doubled(retold(shown, "the same <b>&")),
};

describe.each(Object.keys(VARIANTS))("with its lists %s", (variant) => {
  it.each(names)("%s renders", async (name) => {
    const shown = VARIANTS[variant]?.(await recording(name)) as Recording;
    render(App, { props: { backend: recorded(shown) } });
    await vi.waitFor(() => expect(document.querySelector("main[data-step]")).not.toBeNull());
    await tick();
    expect(document.querySelector("[data-step-failed]")?.textContent).toBeUndefined();
    expect(document.querySelector("[data-lost]")).toBeNull();
  });
});

const finding: Finding = {
  id: "one",
  mistake: "",
  code: "mapping_missing",
  severity: "error",
  step: "addresses",
  side: "aws",
  field: "attribute_mappings",
  given: null,
  expected: null,
  received: null,
  item: null,
  cause: null,
  params: {},
  fix: null,
  basis: "documented",
  kept: false,
  can_keep: false,
  recheck: null,
};
/**
 * If two findings have the same ID, rendering throws an error. The core never sends such findings.
 */
const unshowable = () => ({ findings: [finding, finding] });

it("keeps the rest of the app working if a step can't render", async () => {
  const backend = new Fake(emptySetup());
  render(App, { props: { backend } });
  backend.show(unshowable);
  await tick();
  const failed = document.querySelector("main [data-step-failed]");
  expect(failed?.querySelector("h1")).not.toBeNull();
  expect(document.querySelectorAll("nav [data-step]").length).toBeGreaterThan(0);
  document.querySelector<HTMLElement>("[data-action=clear-last]")?.click();
  document.querySelector<HTMLElement>("[data-action=copy-drawing_error]")?.click();
  expect(backend.actions).toEqual([{ kind: "clear_last" }]);
  expect(backend.copies.map((what) => what.kind)).toEqual(["drawing_error"]);

  backend.show(unshowable);
  await tick();
  expect(document.querySelector("[data-step-failed]")).not.toBeNull();
  backend.show(() => ({ findings: [finding] }));
  await tick();
  expect(document.querySelector("[data-step-failed]")).toBeNull();
  expect(document.querySelector("[data-finding=mapping_missing]")).not.toBeNull();
});

it("reports that the core stopped responding only if it did", async () => {
  const backend = new Fake(emptySetup());
  render(App, { props: { backend } });
  backend.show(unshowable);
  await tick();
  expect(document.querySelector("[data-lost]")).toBeNull();
  backend.gone = true;
  document.querySelector<HTMLElement>("[data-action=clear-last]")?.click();
  await vi.waitFor(() => expect(document.querySelector("[data-lost=core]")).not.toBeNull());
});
