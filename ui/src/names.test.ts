import { render } from "@testing-library/svelte";
import { computeAccessibleName } from "dom-accessibility-api";
import { tick } from "svelte";
import { expect, it } from "vitest";

import { recorded } from "../gallery/recorded";
import { names, recording } from "../gallery/recordings";
import App from "./App.svelte";

const CONTROLS = "button, a[href], input, select, textarea, summary";

it.each(names)("%s gives each control its own name", async (name) => {
  const shown = await recording(name);
  render(App, { props: { backend: recorded(shown) } });
  await tick();
  await tick();
  const found = new Map<string, number>();
  for (const control of document.querySelectorAll<HTMLElement>(CONTROLS)) {
    if (control.closest("dialog:not([open])")) continue;
    // A screen reader reads the name of the group before a radio button's name.
    const group = control.closest("fieldset")?.querySelector("legend")?.textContent ?? "";
    const words = `${control.tagName} ${group} ${computeAccessibleName(control)}`;
    found.set(words, (found.get(words) ?? 0) + 1);
  }
  expect([...found].filter(([, count]) => count > 1)).toEqual([]);
});
