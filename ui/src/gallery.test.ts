import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import { recorded } from "../gallery/recorded";
import { names, recording } from "../gallery/recordings";
import App from "./App.svelte";

it.each(names)("%s has exactly one h1", async (name) => {
  const backend = recorded(await recording(name));
  render(App, { props: { backend } });
  await tick();
  expect(document.querySelectorAll("h1")).toHaveLength(1);
  expect(document.querySelector("main[data-step]"), "the app stopped responding").not.toBeNull();
});

it("a job shows its progress and remaining time", async () => {
  render(App, { props: { backend: recorded(await recording("people-applying")) } });
  await tick();
  const job = document.querySelector("[data-job=apply]")?.textContent;
  expect(job).toContain("10 of 13");
  expect(job).toContain("about 4 seconds left");
});

it("a recorded backend refuses requests with the given code", async () => {
  const shown = await recording("details-ready");
  const answer = await recorded(shown, "disk_full").act({ kind: "look" });
  expect(answer).toMatchObject({ status: "error", error: { code: "disk_full" } });
});
