import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import { recorded } from "../gallery/recorded";
import { names, recording } from "../gallery/recordings";
import App from "./App.svelte";
import type { Step } from "./bindings";

const STEPS: Step[] = ["start", "connect", "addresses", "application", "mappings"];

it.each(names)("%s has at most one main button", async (name) => {
  const shown = await recording(name);
  const step = shown.view.setup?.current ?? "start";
  if (!STEPS.includes(step)) return;
  render(App, { props: { backend: recorded(shown) } });
  await tick();
  await tick();
  const main = [...document.querySelectorAll(".btn--main")].filter(
    (button) => !button.closest("dialog"),
  );
  expect(main.map((button) => button.textContent?.trim()).slice(1)).toEqual([]);
});
