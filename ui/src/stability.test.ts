import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it, vi } from "vitest";

import { names, recording, type Recording } from "../gallery/recordings";
import { recorded } from "../gallery/recorded";
import App from "./App.svelte";
import type { Backend } from "./backend";
import type { Job, View } from "./bindings";
import { t } from "./words";

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

it.each(names)("%s keeps the focus when a focused control is removed", async (name) => {
  await show(await recording(name));
  const lost: string[] = [];
  const controls = [...document.querySelectorAll<HTMLElement>("main [data-action]")];
  // Test one control of each kind, because the controls in a long list are alike.
  const kinds = new Map(controls.map((one) => [one.dataset["action"], one]));
  for (const control of kinds.values()) {
    control.focus();
    if (document.activeElement !== control) continue;
    control.remove();
    await new Promise((done) => setTimeout(done));
    await new Promise((done) => setTimeout(done));
    if (document.activeElement === document.body) lost.push(control.outerHTML);
  }
  expect(lost).toEqual([]);
});

it.each(names)("%s doesn't move when a job starts or ends", async (name) => {
  const shown = await recording(name);
  const setup = shown.view.setup;
  if (!setup || setup.job) return;
  const send = await show(shown);
  const height = () => document.querySelectorAll(".main__in :is(section, p, h2, h3, form)").length;
  const before = height();
  const job: Job = {
    name: "look",
    done: 0,
    total: 0,
    can_cancel: true,
    can_pause: false,
    changes: false,
    paused: false,
    started: "2026-11-12T14:00:00Z",
    seconds_left: null,
    throttled: false,
  };
  const revision = shown.view.revision + 1;
  await send({ ...structuredClone(shown.view), revision, setup: { ...setup, job } });
  expect(document.querySelector(".foot [data-job=look]")).not.toBeNull();
  expect(height()).toBe(before);
});

it("a copy button stays in place, and nothing appears next to it", async () => {
  const send = await show(await recording("application-ready"));
  const button = () => document.querySelector<HTMLElement>('[data-copy="3"]')!;
  const before = { button: button(), row: button().parentElement!.childElementCount };
  await fireEvent.click(button());
  await waitFor(() => expect(button().className).toContain("is-copied"));
  expect(button()).toBe(before.button);
  expect(button().parentElement!.childElementCount).toBe(before.row);
  // Both labels take up space, but only one is visible. So the button keeps its width.
  const labels = [...button().querySelectorAll(".copy-label > *")];
  expect(labels.map((label) => label.textContent)).toEqual([t("copy"), t("copied")]);
  expect(labels.map((label) => label.getAttribute("aria-hidden"))).toEqual(["true", null]);
  await send({ ...structuredClone((await recording("application-ready")).view), revision: 10 });
  expect(button()).toBe(before.button);
});
