import type { Severity, StepStatus, StepView } from "./bindings";
import type { IconName } from "./icons";
import { stepNumber } from "./steps";
import { t } from "./words";

export type Appearance = {
  look: "done" | "said" | "ready" | "locked" | "wait" | "warn" | "attention";
  icon: IconName | null;
  word: string;
};

export function appearance({
  status,
  worst,
  declared,
  handed_over,
  skipped,
}: StepView): Appearance {
  switch (status.kind) {
    case "done":
      if (declared) return { look: "said", icon: "said", word: t("status-declared") };
      return handed_over
        ? { look: "said", icon: "said", word: t("status-handed_over") }
        : { look: "done", icon: "done", word: t("status-done") };
    case "ready":
      return {
        look: "ready",
        icon: null,
        word: t(skipped ? "status-skipped" : "status-ready"),
      };
    case "waiting":
      return { look: "wait", icon: "wait", word: statusWords(status, worst) };
    case "locked":
      return { look: "locked", icon: null, word: statusWords(status, worst) };
    case "attention":
      return worst === "error"
        ? { look: "attention", icon: "error", word: statusWords(status, worst) }
        : { look: "warn", icon: "warn", word: statusWords(status, worst) };
  }
}

/** Returns the text for the status of a step. */
export function statusWords(status: StepStatus, worst: Severity | null | undefined): string {
  switch (status.kind) {
    case "done":
      return t("status-done");
    case "ready":
      return t("status-ready");
    case "waiting":
      return t(`waiting-${status.on}`);
    case "locked":
      return t("status-locked", { steps: status.after.map(stepNumber).join(", ") });
    case "attention":
      return problemWords(status.count, worst);
  }
}

/** Whether both steps are locked, or wait, for the same reason. */
export const hasSameReason = (step: StepView, other: StepView | undefined): boolean =>
  (step.status.kind === "locked" || step.status.kind === "waiting") &&
  step.status.kind === other?.status.kind &&
  statusWords(step.status, null) === statusWords(other.status, null);

/** Returns the number of problems as text. */
export const problemWords = (count: number, worst: Severity | null | undefined): string =>
  t(`status-${worst ?? "warning"}`, { count });

/** Shortens ascending numbers to ranges, such as 1, 3–5. */
export function ranges(numbers: number[]): string {
  const runs: number[][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last.at(-1) === number - 1) last.push(number);
    else runs.push([number]);
  }
  return runs
    .map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(", ")))
    .join(", ");
}
