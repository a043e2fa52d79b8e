import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import App from "./App.svelte";
import { emptySetup, Fake } from "./testing/fake";

const one = (selector: string) => document.querySelector<HTMLElement>(`dialog[open] ${selector}`)!;

async function open(prepare: (backend: Fake) => void = () => {}) {
  const backend = new Fake(emptySetup());
  render(App, { props: { backend } });
  await tick();
  prepare(backend);
  backend.choose({ kind: "support" });
  await tick();
  return backend;
}

it("shows the support details before they are copied", async () => {
  const backend = await open();
  await expect.poll(() => one("[data-support]")?.textContent).toBe("nOps SSO Setup 0\n");
  expect(backend.copies).toEqual([]);
  await fireEvent.click(one("[data-action=copy-support_details]"));
  expect(backend.copies).toEqual([{ kind: "support_details" }]);
});

it("says why there are no support details", async () => {
  await open((backend) => (backend.refusal = { code: "disk_full", params: {} }));
  await expect.poll(() => one("[data-failure=disk_full]")).not.toBeNull();
  expect(one("[data-support]")).toBeNull();
});
