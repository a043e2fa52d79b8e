import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import SaveButton from "./SaveButton.svelte";

async function save(backend: Fake) {
  const given = { document: { kind: "values" }, label: "Save" };
  render(Stage, { props: { backend, of: SaveButton, given } });
  await fireEvent.click(document.querySelector('[data-action="save-values"]')!);
  await tick();
  await tick();
}

const saved = () => document.querySelector("[data-saved]");

describe("a save button", () => {
  it("announces the file once and can open it", async () => {
    const backend = new Fake(emptySetup());
    await save(backend);
    const words = t("saved-as", { file: "file.html", folder: "Downloads" });
    expect(saved()?.textContent).toContain(words);
    await expect.poll(() => document.querySelector('[role="status"]')?.textContent).toBe(words);
    await fireEvent.click(document.querySelector('[data-action="open-saved"]')!);
    expect(backend.opened).toEqual([7]);
    await fireEvent.click(document.querySelector('[data-action="show-saved"]')!);
    expect(backend.openedFolders).toEqual([7]);
  });

  it("announces nothing when the user cancels", async () => {
    const backend = new Fake(emptySetup());
    backend.saved = null;
    await save(backend);
    expect(saved()).toBeNull();
    expect(document.querySelector('[role="status"]')?.textContent).toBe("");
  });

  it("shows the reason when saving doesn't work", async () => {
    const backend = new Fake(emptySetup());
    backend.refusal = { code: "not_saved", params: { file: "a.html", reason: "full" } };
    await save(backend);
    expect(saved()).toBeNull();
    expect(document.body.textContent).toContain(
      t("failure-not_saved", { file: "a.html", reason: "full" }),
    );
  });
});
