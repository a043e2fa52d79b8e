import { mount, tick, unmount } from "svelte";

import App from "../src/App.svelte";
import "../src/styles/all.css";
import { type Theme, theme, THEMES } from "../src/theme.svelte";
import { type Locale, LOCALES, missing, speak } from "../src/words";
import Index from "./Index.svelte";
import { type Change, counted } from "./changes";
import { recorded } from "./recorded";
import { recording } from "./recordings";

/** A view and the options for showing it. */
interface Shown {
  view: string;
  theme?: Theme;
  locale?: Locale;
  /** The error code that is returned to refuse every request. */
  refuse?: string | null;
}

declare global {
  interface Window {
    /** Returns the accessibility violations; see audit.ts. */
    audit(rules: string[] | null): Promise<string[]>;
    /** Changes to another view and measures the cost of the change. */
    change(view: string): Promise<Change>;
    /** Shows another view as if the window had just opened. */
    show(shown: Shown): Promise<void>;
    /** Switches to another theme. */
    switchTheme(name: Theme): Promise<void>;
  }
}
window.audit = async (rules) => (await import("./audit")).audit(rules);
window.switchTheme = (name) => {
  theme.choose(name);
  return settled();
};

let app: ReturnType<typeof mount> | undefined;

window.show = async ({ view, theme: name = "light", locale = "en", refuse }) => {
  const shown = await recording(view);
  if (app) await unmount(app);
  const { dataset } = document.documentElement;
  delete dataset["shown"];
  missing.clear();
  theme.choose(name);
  speak(locale);
  const backend = recorded(shown, refuse ?? undefined);
  app = mount(App, { target: document.body, props: { backend } });
  window.change = async (to) => {
    const next = await recording(to);
    return counted(() => backend.turn(next));
  };
  await tick();
  if (shown.press) document.querySelector<HTMLElement>(shown.press)?.click();
  if (shown.choose) backend.choose(shown.choose);
  await settled();
  // A result scrolls into view when it arrives.
  window.scrollTo(0, 0);
  // Tools for screenshots and audits wait for this attribute.
  dataset["missing"] = [...missing].join(" ");
  dataset["shown"] = view;
};

// gallery.html?view=NAME&theme=light|dark&locale=pseudo&refuse=CODE
const asked = new URLSearchParams(location.search);
const view = asked.get("view");
const chosen = THEMES.find((name) => name === asked.get("theme")) ?? "system";
if (view === null) {
  theme.choose(chosen);
  app = mount(Index, { target: document.body });
} else {
  const locale = LOCALES.find((name) => name === asked.get("locale")) ?? "en";
  await window.show({ view, theme: chosen, locale, refuse: asked.get("refuse") });
}

/** Waits until the fonts are loaded. They load after the first layout and cause a second layout. */
async function settled(): Promise<void> {
  for (let laidOut = 0; laidOut < 2 || document.fonts.status === "loading"; laidOut++) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await document.fonts.ready;
  }
}
