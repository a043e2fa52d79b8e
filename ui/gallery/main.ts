import { mount, tick } from "svelte";

import App from "../src/App.svelte";
import "../src/styles/all.css";
import { theme, THEMES } from "../src/theme.svelte";
import Index from "./Index.svelte";
import { recorded } from "./recorded";
import { recording } from "./recordings";

// gallery.html?view=NAME&theme=light|dark&refuse=CODE
const asked = new URLSearchParams(location.search);
theme.choose(THEMES.find((name) => name === asked.get("theme")) ?? "system");

const name = asked.get("view");
if (name === null) {
  mount(Index, { target: document.body });
} else {
  const shown = await recording(name);
  const backend = recorded(shown, asked.get("refuse") ?? undefined);
  mount(App, { target: document.body, props: { backend } });
  await tick();
  if (shown.press) document.querySelector<HTMLElement>(shown.press)?.click();
}
