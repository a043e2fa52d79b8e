import { expect, it } from "vitest";

import { LiveRegion } from "./live-region.svelte";

it("announces sentences of one moment together, each once", async () => {
  const live = new LiveRegion();
  for (const sentence of ["Found nOps in AWS", "Saved.", "Found nOps in AWS", "1 problem"])
    live.say(sentence);
  await expect.poll(() => live.said?.text).toBe("Found nOps in AWS. Saved. 1 problem");
});

it("announces a repeated sentence as a new element", async () => {
  const live = new LiveRegion();
  live.say("Copied.");
  await expect.poll(() => live.said?.text).toBe("Copied.");
  const first = live.said;
  live.say("Copied.");
  await expect.poll(() => live.said === first).toBe(false);
  expect(live.said?.text).toBe("Copied.");
});
