import type { Step } from "./contract";

/** The ten steps in order. */
export const STEPS = [
  "start",
  "connect",
  "addresses",
  "application",
  "mappings",
  "rehearsal",
  "details",
  "doors",
  "people",
  "finish",
] as const satisfies readonly Step[];

export const stepNumber = (step: Step): number => STEPS.indexOf(step) + 1;
