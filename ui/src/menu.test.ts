import { render, screen } from "@testing-library/svelte";
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

describe("the menu", () => {
  it("acts as the buttons do", async () => {
    const { backend, choose } = await open();
    await choose({ kind: "continue" });
    await choose({ kind: "back" });
    await choose({ kind: "go", step: "sign_in_tests" });
    await choose({ kind: "shelf" });
    expect(backend.actions).toEqual([
      { kind: "go", step: "application" },
      { kind: "go", step: "connect" },
      { kind: "go", step: "sign_in_tests" },
      { kind: "close" },
    ]);
  });

  it("saves the report and says where", async () => {
    const { choose } = await open();
    await choose({ kind: "save" });
    expect(
      await screen.findByText(t("saved-as", { file: "file.html" }), { selector: ".st" }),
    ).toBeDefined();
  });

  it("waits while a dialog is open", async () => {
    const { backend, choose } = await open();
    await choose({ kind: "keys" });
    expect(document.querySelector("dialog[open]")).not.toBeNull();
    await choose({ kind: "continue" });
    expect(backend.actions).toEqual([]);
  });

  it("changes the colours, and the frame of the window wears them too", async () => {
    const { backend, choose } = await open();
    expect(backend.worn).toEqual(["system"]);
    await choose({ kind: "theme", theme: "dark" });
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    expect(backend.worn).toEqual(["system", "dark"]);
    theme.choose("system");
  });

  it("shows what this is, and what is inside", async () => {
    const { choose } = await open();
    await choose({ kind: "about" });
    expect(await screen.findByText("Version 0")).toBeDefined();
    expect(screen.getByText("Includes 1 package")).toBeDefined();
  });
});
