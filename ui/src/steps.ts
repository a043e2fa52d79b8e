import type { Step } from "./bindings";

export const STEPS = [
  "start",
  "connect",
  "addresses",
  "application",
  "mappings",
  "dry_run",
  "details",
  "sign_in_tests",
  "people",
  "finish",
] as const satisfies readonly Step[];

export const stepNumber = (step: Step): number => STEPS.indexOf(step) + 1;
