import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";

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
          wires: [
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

describe("the keyboard", () => {
  it("moves between the sides with F6, and back with Shift", async () => {
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

  it("copies the wire with that number and says so", async () => {
    const backend = await open();
    await press("1", { ctrlKey: true });
    expect(backend.copies).toEqual([{ kind: "value", field: "aws_display_name" }]);
    await tick();
    expect(screen.getByRole("status").textContent).toContain("Display name copied");
  });

  it("copies a wire whose long end is folded away", async () => {
    const backend = await open();
    expect(document.querySelector('button[data-copy="2"]')).toBeNull();
    await press("2", { ctrlKey: true });
    expect(backend.copies).toEqual([{ kind: "value", field: "sp_acs_url" }]);
  });

  it("goes on and back with Alt and the arrows", async () => {
    const backend = await open();
    await press("ArrowRight", { altKey: true });
    await press("ArrowLeft", { altKey: true });
    expect(backend.actions).toEqual([
      { kind: "go", step: "mappings" },
      { kind: "go", step: "addresses" },
    ]);
  });

  it("opens the list of keys with ?, but not while typing", async () => {
    await open();
    const box = document.querySelector<HTMLElement>('[data-field="idp_link"]');
    await press("?", {}, box ?? undefined);
    expect(document.querySelector("dialog[open]")).toBeNull();
    await press("?");
    expect(document.querySelector("dialog[open]")).not.toBeNull();
  });

  it("enlarges with Ctrl and +, in a box too", async () => {
    const backend = await open();
    await press("+", { ctrlKey: true, shiftKey: true });
    const box = document.querySelector<HTMLElement>('[data-field="idp_link"]')!;
    await press("+", { ctrlKey: true }, box);
    await press("+", {}, box);
    expect(backend.larger).toBe(2);
  });

  it("ignores letters typed in any text field", async () => {
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

  it("puts the focus on the new step's heading", async () => {
    const backend = await open();
    backend.show(() => ({ current: "mappings" }));
    await tick();
    await tick();
    expect(document.activeElement?.tagName).toBe("H1");
    expect(document.activeElement?.textContent).toContain("Map attributes");
  });
});

describe("a core that stopped responding", () => {
  it("is said in place of everything else", async () => {
    const backend = await open();
    backend.gone = true;
    document.querySelector<HTMLElement>('[data-action="continue"]')?.click();
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain(t("lost")));
  });
});
