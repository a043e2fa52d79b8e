import type { SetupView } from "./bindings";
import { findingSentence } from "./finding";
import { t } from "./words";

/** More sentences would take longer to hear than to find on the screen. */
const MOST_FINDINGS = 3;

/** Returns the changes in the current step that only a sighted user would notice, as sentences. */
export function announcements(before: SetupView, now: SetupView): string[] {
  return [...endOfJob(before, now), ...results(before, now), ...newFindings(before, now)];
}

function endOfJob(before: SetupView, now: SetupView): string[] {
  if (!before.job || before.job.name === now.job?.name) return [];
  return [t("job-ended", { title: t(`job-${before.job.name}`) })];
}

function results(before: SetupView, now: SetupView): string[] {
  const sentences: string[] = [];
  const application = now.facts.application_arn;
  if (application?.source.kind === "observed" && !before.facts.application_arn)
    sentences.push(t("watch-found", { name: now.facts.application_name?.value ?? "nOps" }));
  const added = now.people.total - before.people.total;
  if (added > 0) sentences.push(t("people-added", { count: added }));
  const { team } = now.people;
  if (team && !before.people.team)
    sentences.push(
      t("team-title", { count: team.members }),
      t("team-locked-out-said", { count: team.locked_out }),
    );
  return sentences;
}

function newFindings(before: SetupView, now: SetupView): string[] {
  const known = new Set(before.findings.map(({ id }) => id));
  return now.findings
    .filter(
      ({ id, step, severity, kept }) =>
        step === now.current && severity !== "info" && !kept && !known.has(id),
    )
    .slice(0, MOST_FINDINGS)
    .map(findingSentence);
}
