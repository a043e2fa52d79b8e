import { render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";

import App from "./App.svelte";
import type { MenuCommand } from "./bindings";
import { emptySetup, Fake } from "./testing/fake";
import { t } from "./words";
import { theme } from "./theme.svelte";

async function open() {
  const backend = new Fake(emptySetup());
  render(App, { props: { backend } });
  await tick();
  const choose = async (chosen: MenuCommand) => {
    backend.choose(chosen);
    await tick();
    await tick();
  };
  return { backend, choose };
}

describe("a command from the native menu", () => {
  it("does the same as the buttons", async () => {
    const { backend, choose } = await open();
    await choose({ kind: "continue" });
    await choose({ kind: "back" });
    await choose({ kind: "go", step: "sign_in_tests" });
    await choose({ kind: "setups" });
    expect(backend.actions).toEqual([
      { kind: "go", step: "application" },
      { kind: "go", step: "connect" },
      { kind: "go", step: "sign_in_tests" },
      { kind: "close" },
    ]);
  });

  it("opens a file, and hands over the setup", async () => {
    const { backend, choose } = await open();
    await choose({ kind: "choose_file" });
    expect(backend.chosen).toBe(1);
    await choose({ kind: "hand_over" });
    expect(document.querySelector("dialog[open]")?.textContent).toContain(t("handover-title"));
  });

  it("saves the report and announces the file", async () => {
    const { choose } = await open();
    await choose({ kind: "save" });
    expect(
      await screen.findByText(t("saved-as", { file: "file.html", folder: "Downloads" }), {
        selector: ".st",
      }),
    ).toBeDefined();
  });

  it("does nothing while a dialog is open", async () => {
    const { backend, choose } = await open();
    await choose({ kind: "keys" });
    expect(document.querySelector("dialog[open]")).not.toBeNull();
    await choose({ kind: "continue" });
    expect(backend.actions).toEqual([]);
  });

  it("changes the theme of the page and the window frame", async () => {
    const { backend, choose } = await open();
    expect(backend.themes).toEqual(["system"]);
    await choose({ kind: "theme", theme: "dark" });
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    expect(backend.themes).toEqual(["system", "dark"]);
    theme.choose("system");
  });

  it("shows a refusal in the footer", async () => {
    const { backend, choose } = await open();
    backend.refusal = { code: "busy", params: {} };
    await choose({ kind: "continue" });
    const footer = '.foot [data-failure="busy"]';
    await waitFor(() => expect(document.querySelector(footer)).not.toBeNull());
    backend.refusal = null;
    await choose({ kind: "back" });
    await waitFor(() => expect(document.querySelector(footer)).toBeNull());
  });

  it("announces a refusal that the page doesn't show", async () => {
    const { backend, choose } = await open();
    backend.refusal = { code: "busy", params: {} };
    await choose({ kind: "mini_window" });
    await waitFor(() => expect(screen.getByText(t("failure-busy"))).toBeDefined());
  });

  it("opens the About dialog with the list of packages", async () => {
    const { choose } = await open();
    await choose({ kind: "about" });
    expect(await screen.findByText("Version 0")).toBeDefined();
    expect(screen.getByText("Includes 1 third-party package")).toBeDefined();
  });
});
