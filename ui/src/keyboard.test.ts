import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, describe, expect, it, vi } from "vitest";

import App from "./App.svelte";
import type { SetupView, StepView } from "./bindings";
import { emptySetup, Fake } from "./testing/fake";
import { t } from "./words";

function withWires(): SetupView {
  const setup = emptySetup();
  const steps = setup.steps.map((step): StepView =>
    step.step === "application"
      ? {
          ...step,
          transfers: [
            {
              number: 1,
              copy: { kind: "value", field: "aws_display_name" },
              value: "nOps",
              from: null,
              to_side: "aws",
              to_label: "field-aws_display_name",
            },
            {
              number: 2,
              copy: { kind: "value", field: "sp_acs_url" },
              value: "https://example.com/?acs",
              from: "sp_acs_url",
              to_side: "aws",
              to_label: "field-aws_acs_url",
            },
          ],
        }
      : step,
  );
  return { ...setup, steps, current: "application", sp_metadata_ready: true };
}

async function open(setup = withWires()) {
  const backend = new Fake(setup);
  render(App, { props: { backend } });
  await tick();
  return backend;
}

const press = (key: string, more: KeyboardEventInit = {}, at: Element = document.body) =>
  fireEvent.keyDown(at, { key, bubbles: true, ...more });

const side = () => document.activeElement?.getAttribute("data-side");

afterEach(() => vi.restoreAllMocks());

describe("keyboard shortcuts", () => {
  it("F6 and Shift+F6 move between the sides", async () => {
    await open();
    await press("F6");
    expect(side()).toBe("aws");
    await press("F6");
    expect(side()).toBe("nops");
    await press("F6");
    expect(side()).toBe("aws");
    await press("F6", { shiftKey: true });
    expect(side()).toBe("nops");
  });

  it("a number key copies that transfer and announces it", async () => {
    const backend = await open();
    await press("1", { ctrlKey: true });
    expect(backend.copies).toEqual([{ kind: "value", field: "aws_display_name" }]);
    const status = screen.getByRole("status");
    await expect.poll(() => status.textContent).toContain("Copied Display name");
  });

  it("copies a transfer inside a closed disclosure", async () => {
    const backend = await open();
    expect(document.querySelector('button[data-copy="2"]')).toBeNull();
    await press("2", { ctrlKey: true });
    expect(backend.copies).toEqual([{ kind: "value", field: "sp_acs_url" }]);
  });

  it("Alt and the arrow keys go forward and back", async () => {
    const backend = await open();
    await press("ArrowRight", { altKey: true });
    await press("ArrowLeft", { altKey: true });
    expect(backend.actions).toEqual([
      { kind: "go", step: "mappings" },
      { kind: "go", step: "addresses" },
    ]);
  });

  it("opens the shortcuts with ?, but not while typing", async () => {
    await open();
    const box = document.querySelector<HTMLElement>('[data-field="idp_link"]');
    await press("?", {}, box ?? undefined);
    expect(document.querySelector("dialog[open]")).toBeNull();
    await press("?");
    expect(document.querySelector("dialog[open]")).not.toBeNull();
  });

  it("zooms in with Ctrl and +, even in a text box", async () => {
    const backend = await open();
    await press("+", { ctrlKey: true, shiftKey: true });
    const box = document.querySelector<HTMLElement>('[data-field="idp_link"]')!;
    await press("+", { ctrlKey: true }, box);
    await press("+", {}, box);
    expect(backend.shellCommands).toEqual(["zoom_in", "zoom_in"]);
  });

  it("macOS has its own shortcuts and leaves Ctrl and Option alone", async () => {
    vi.spyOn(navigator, "platform", "get").mockReturnValue("MacIntel");
    const backend = await open();
    await press("]", { metaKey: true });
    await press("[", { metaKey: true });
    await press("1", { metaKey: true });
    await press("ArrowRight", { altKey: true });
    await press("2", { ctrlKey: true });
    await press("k", { ctrlKey: true });
    expect(backend.actions).toEqual([
      { kind: "go", step: "mappings" },
      { kind: "go", step: "addresses" },
    ]);
    expect(backend.copies).toEqual([{ kind: "value", field: "aws_display_name" }]);
    expect(document.querySelector(".mini")).toBeNull();
    await press("?");
    const list = document.querySelector("dialog[open]")!.textContent!.replace(/\s+/g, " ");
    expect(list).toContain("⌘ 1…9 Copy");
    expect(list).toContain("⌘ ] Continue");
    expect(list).not.toMatch(/Ctrl|Alt|Cmd/);
  });

  it("Windows runs our shortcuts in the page and none of a browser", async () => {
    vi.spyOn(navigator, "platform", "get").mockReturnValue("Win32");
    const backend = await open();
    for (const key of ["p", "f", "r", "s", "o"])
      expect(await press(key, { ctrlKey: true }), key).toBe(false);
    for (const key of ["F3", "F5", "F7"]) expect(await press(key), key).toBe(false);
    for (const key of ["c", "v", "x", "z"])
      expect(await press(key, { ctrlKey: true }), key).toBe(true);
    expect(await press("F4", { altKey: true })).toBe(true);
    expect(await press("q", { ctrlKey: true, altKey: true })).toBe(true);
    await press("-", { ctrlKey: true });
    await press("q", { ctrlKey: true });
    expect(backend.shellCommands).toEqual(["zoom_out", "quit"]);
    expect(backend.actions).toEqual([{ kind: "close" }]);
    expect(backend.saves).toHaveLength(1);
  });

  it("ignores letters typed in a text field", async () => {
    await open();
    const places = ["textarea", "input", "select", "div"].map((name) => {
      const place = document.body.appendChild(document.createElement(name));
      if (name === "div") place.setAttribute("contenteditable", "true");
      return place;
    });
    const inside = places.at(-1)!.appendChild(document.createElement("b"));
    for (const place of [...places, inside]) {
      await press("?", {}, place);
      expect(document.querySelector("dialog[open]"), place.tagName).toBeNull();
    }
    await press("?", { isComposing: true });
    expect(document.querySelector("dialog[open]")).toBeNull();
    for (const place of places) place.remove();
  });

  it("focuses the new step's heading", async () => {
    const backend = await open();
    backend.show(() => ({ current: "mappings" }));
    await tick();
    await tick();
    expect(document.activeElement?.tagName).toBe("H1");
    expect(document.activeElement?.textContent).toContain("Map attributes");
  });
});

describe("a core that stopped responding", () => {
  it("is reported in place of the page", async () => {
    const backend = await open();
    backend.gone = true;
    document.querySelector<HTMLElement>('[data-action="continue"]')?.click();
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain(t("lost")));
  });
});
