import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it, vi } from "vitest";

import { names, recording, type Recording } from "../gallery/recordings";
import { recorded } from "../gallery/recorded";
import App from "./App.svelte";
import type { Backend } from "./backend";
import type { View } from "./bindings";

const FOCUSABLE = "button, input, select, textarea, a[href], summary, [tabindex]";

/** Renders a recording and returns a function that sends the next view. */
async function show(shown: Recording) {
  const backend = recorded(shown);
  let send: (view: View) => void = () => {};
  const watched: Backend = {
    ...backend,
    watch: (next) => {
      send = next;
      return backend.watch(next);
    },
  };
  render(App, { props: { backend: watched } });
  await tick();
  await tick();
  return async (view: View) => {
    send(view);
    await tick();
    await tick();
  };
}

it.each(names)("%s doesn't change when the same view arrives again", async (name) => {
  const shown = await recording(name);
  const send = await show(shown);
  const before = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const held =
    before.find((element) => element.matches("main button, main input, main textarea")) ??
    before[0];
  held?.focus();
  const scroll = vi.spyOn(window, "scrollTo");
  await send(structuredClone({ ...shown.view, revision: shown.view.revision + 1 }));
  const after = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)];
  expect(after.length).toBe(before.length);
  expect(
    after.filter((element, at) => element !== before[at]).map((element) => element.outerHTML),
  ).toEqual([]);
  expect(document.activeElement).toBe(held);
  expect(scroll).not.toHaveBeenCalled();
  scroll.mockRestore();
});

it("a copied value can be confirmed as pasted until changed", async () => {
  const shown = await recording("application-ready");
  const send = await show(shown);
  const box = () => document.querySelector<HTMLInputElement>('[data-pasted="1"]');
  expect(box()).toBeNull();
  await fireEvent.click(document.querySelector('[data-copy="1"]')!);
  await waitFor(() => expect(box()).not.toBeNull());
  await fireEvent.click(box()!);
  await send({ ...structuredClone(shown.view), revision: 10 });
  expect(box()?.checked).toBe(true);
  const other = structuredClone(shown.view);
  for (const step of other.setup!.steps)
    for (const wire of step.wires) if (wire.number === 1) wire.value = "another";
  await send({ ...other, revision: 11 });
  expect(box()).toBeNull();
});
