import { mount, tick } from "svelte";

import App from "../src/App.svelte";
import "../src/styles/all.css";
import { type Theme, theme, THEMES } from "../src/theme.svelte";
import { missing } from "../src/words";
import Index from "./Index.svelte";
import { type Change, counted } from "./changes";
import { recorded } from "./recorded";
import { recording } from "./recordings";

declare global {
  interface Window {
    /** Looks for what keeps somebody from using the page; see audit.ts. */
    audit(rules: string[] | null): Promise<string[]>;
    /** Comes from the view on show to another, and counts what it costs. */
    change(view: string): Promise<Change>;
    /** Shows the view in another theme. */
    switchTheme(name: Theme): Promise<void>;
  }
}
window.switchTheme = (name) => {
  theme.choose(name);
  return settled();
};
window.audit = async (rules) => (await import("./audit")).audit(rules);

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
  window.change = async (to) => {
    const next = await recording(to);
    return counted(() => backend.turn(next));
  };
  await tick();
  if (shown.press) document.querySelector<HTMLElement>(shown.press)?.click();
  if (shown.choose) backend.choose(shown.choose);
  await settled();
  // Whoever draws or looks waits for this.
  const { dataset } = document.documentElement;
  dataset["missing"] = [...missing].join(" ");
  dataset["shown"] = name;
}

/** Fonts are asked for once the page is laid out, and a page with its fonts is laid out anew. */
async function settled(): Promise<void> {
  for (let laidOut = 0; laidOut < 2 || document.fonts.status === "loading"; laidOut++) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await document.fonts.ready;
  }
}
