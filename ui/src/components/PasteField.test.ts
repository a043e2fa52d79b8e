import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { FactView } from "../bindings";
import { findingSentence } from "../finding";
import { emptySetup, Fake, sampleFinding } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import PasteField from "./PasteField.svelte";

const fact = (value: string, at = "2026-11-12T14:00:00Z"): FactView => ({
  value,
  at,
  kept: false,
  source: { kind: "entered" },
});

const swapped = sampleFinding({
  id: "addresses_swapped",
  expected: "a/metadata",
  received: "a/?acs",
  can_keep: true,
});

function stage(backend: Fake) {
  render(Stage, {
    props: { backend, of: PasteField, given: { field: "sp_entity_id", label: "Entity ID" } },
  });
  return screen.getByLabelText<HTMLTextAreaElement>("Entity ID");
}

async function type(box: HTMLTextAreaElement, value: string, inputType = "insertText") {
  box.focus();
  box.value = value;
  await fireEvent(box, new InputEvent("input", { inputType, bubbles: true }));
}

const entered = (text: string) => ({ kind: "enter", field: "sp_entity_id", text, html: null });

describe("a paste field", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it("sends pasted text immediately", async () => {
    const backend = new Fake(emptySetup());
    await type(stage(backend), "pasted", "insertFromPaste");
    expect(backend.actions).toEqual([entered("pasted")]);
  });

  it("sends once, 300 ms after typing stops", async () => {
    const backend = new Fake(emptySetup());
    const box = stage(backend);
    await type(box, "ty");
    await vi.advanceTimersByTimeAsync(299);
    await type(box, "typed");
    await vi.advanceTimersByTimeAsync(299);
    expect(backend.actions).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(backend.actions).toEqual([entered("typed")]);
    box.blur();
    await vi.advanceTimersByTimeAsync(1000);
    expect(backend.actions, "leaving asks nothing again").toHaveLength(1);
  });

  it("sends on blur before the delay ends", async () => {
    const backend = new Fake(emptySetup());
    const box = stage(backend);
    await type(box, "left");
    box.blur();
    expect(backend.actions).toEqual([entered("left")]);
  });

  it("keeps unsent text when a new view arrives", async () => {
    const backend = new Fake({ ...emptySetup(), facts: { sp_entity_id: fact("old") } });
    const box = stage(backend);
    await type(box, "half of it");
    backend.show(() => ({ facts: { sp_entity_id: fact("other", "2026-11-12T15:00:00Z") } }));
    await tick();
    expect(box.value).toBe("half of it");
  });

  it("shows the stored value after blur", async () => {
    const backend = new Fake(emptySetup());
    const box = stage(backend);
    await type(box, " tidied ", "insertFromPaste");
    box.blur();
    backend.show(() => ({ facts: { sp_entity_id: fact("tidied") } }));
    await vi.advanceTimersByTimeAsync(0);
    expect(box.value).toBe("tidied");
  });

  it("keeps refused text and shows the reason", async () => {
    const backend = new Fake(emptySetup());
    const box = stage(backend);
    backend.refusal = { code: "busy", params: {} };
    await type(box, "refused", "insertFromPaste");
    box.blur();
    await vi.advanceTimersByTimeAsync(0);
    expect(box.value).toBe("refused");
    expect(document.querySelector("[data-failure=busy]")).not.toBeNull();
  });

  it("links findings to the box and announces them once", async () => {
    const backend = new Fake(emptySetup());
    const box = stage(backend);
    await type(box, "a/?acs", "insertFromPaste");
    backend.show(() => ({ facts: { sp_entity_id: fact("a/?acs") }, findings: [swapped] }));
    await vi.advanceTimersByTimeAsync(0);
    expect(box.getAttribute("aria-invalid")).toBe("true");
    const title = document.getElementById(box.getAttribute("aria-describedby") ?? "");
    expect(title?.textContent).toContain("swapped");
    const status = screen.getByRole("status");
    await vi.waitFor(() => expect(status.textContent).toBe(findingSentence(swapped)));
  });

  it("sends the same wrong value again after a fix", async () => {
    const wrong = { sp_entity_id: fact("a/?acs") };
    const backend = new Fake(emptySetup());
    const box = stage(backend);
    await type(box, "a/?acs", "insertFromPaste");
    backend.show(() => ({ facts: wrong, findings: [swapped] }));
    box.blur();
    await vi.advanceTimersByTimeAsync(0);
    backend.show(() => ({
      facts: { sp_entity_id: fact("a/metadata", "2026-11-12T15:00:00Z") },
      findings: [],
    }));
    await vi.advanceTimersByTimeAsync(0);
    expect(box.value, "the fix shows").toBe("a/metadata");
    expect(document.querySelector(".status-line--ok")).not.toBeNull();
    await type(box, "a/?acs");
    expect(document.querySelector(".status-line--ok"), "not said of another text").toBeNull();
    await vi.advanceTimersByTimeAsync(300);
    expect(backend.actions).toEqual([entered("a/?acs"), entered("a/?acs")]);
    backend.show(() => ({
      facts: { sp_entity_id: fact("a/?acs", "2026-11-12T16:00:00Z") },
      findings: [swapped],
    }));
    box.blur();
    await vi.advanceTimersByTimeAsync(0);
    expect(box.value).toBe("a/?acs");
    expect(document.querySelector("[data-finding]")).not.toBeNull();
  });

  it("hides findings about an older text", async () => {
    const backend = new Fake(emptySetup());
    const box = stage(backend);
    await type(box, "a/?acs", "insertFromPaste");
    await type(box, "a/met");
    backend.show(() => ({ facts: { sp_entity_id: fact("a/?acs") }, findings: [swapped] }));
    await vi.advanceTimersByTimeAsync(0);
    expect(box.value).toBe("a/met");
    expect(document.querySelector("[data-finding]")?.closest("[inert]"), "hidden").not.toBeNull();
    expect(document.querySelector(".status-line--ok")).toBeNull();
  });

  it("shows the fixed value of text that wasn't stored", async () => {
    const backend = new Fake(emptySetup());
    const box = stage(backend);
    await type(box, "unreadable", "insertFromPaste");
    box.blur();
    backend.show(() => ({ findings: [{ ...swapped, code: "unreadable_value" }] }));
    await vi.advanceTimersByTimeAsync(0);
    expect(box.value).toBe("unreadable");
    expect(document.querySelector("[data-finding]")).not.toBeNull();
    backend.show(() => ({ facts: { sp_entity_id: fact("a/metadata") }, findings: [] }));
    await vi.advanceTimersByTimeAsync(0);
    expect(box.value).toBe("a/metadata");
  });

  it("keeps a value that the user says is correct", async () => {
    const backend = new Fake({
      ...emptySetup(),
      facts: { sp_entity_id: fact("a/?acs") },
      findings: [swapped],
    });
    stage(backend);
    document.querySelector<HTMLElement>("[data-action=keep]")?.click();
    expect(backend.actions).toEqual([{ kind: "keep", field: "sp_entity_id" }]);
  });
});
