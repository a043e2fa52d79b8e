import { expect, it } from "vitest";

import { announcements } from "./announcements";
import type { Job, SetupView } from "./bindings";
import { findingSentence } from "./finding";
import { emptySetup, sampleFinding } from "./testing/fake";
import { t } from "./words";

const finding = sampleFinding();

const job: Job = {
  name: "apply",
  done: 1,
  total: 2,
  can_cancel: true,
  can_pause: true,
  changes: true,
  paused: false,
  started: "2026-11-12T14:32:00Z",
  seconds_left: null,
  throttled: false,
};

const changed = (before: Partial<SetupView>, now: Partial<SetupView>) =>
  announcements({ ...emptySetup(), ...before }, { ...emptySetup(), ...now });

it("announces each new problem of the step once", () => {
  const findings = [finding];
  expect(changed({}, { findings })).toEqual([findingSentence(finding)]);
  expect(changed({ findings }, { findings })).toEqual([]);
});

it.each([
  ["a note", { severity: "info" }],
  ["another step", { step: "finish" }],
  ["a kept value", { kept: true }],
] as const)("doesn't announce a problem about %s", (_, change) => {
  expect(changed({}, { findings: [{ ...finding, ...change }] })).toEqual([]);
});

it("announces the end of a job, but not its progress", () => {
  const ended = t("job-ended", { title: t("job-apply") });
  expect(changed({ job }, {})).toEqual([ended]);
  expect(changed({ job }, { job: { ...job, name: "look" } })).toEqual([ended]);
  expect(changed({ job }, { job: { ...job, done: 2 } })).toEqual([]);
  expect(changed({}, { job })).toEqual([]);
});

it("announces people who were added, but not people who were removed", () => {
  const { people } = emptySetup();
  const three = { people: { ...people, total: 3 } };
  expect(changed({}, three)).toEqual([t("people-added", { count: 3 })]);
  expect(changed(three, {})).toEqual([]);
});

it("announces whom Enforce would lock out", () => {
  const { people } = emptySetup();
  const team = {
    members: 4,
    with_access: 3,
    outside: 0,
    locked_out: 1,
    domain_unknown: 0,
    who: [],
    differ: 0,
    differing: [],
  };
  expect(changed({}, { people: { ...people, team } })).toEqual([
    t("team-title", { count: 4 }),
    t("team-locked-out-said", { count: 1 }),
  ]);
});

it("announces that AWS has the application", () => {
  const application_arn = {
    value: "arn:aws:sso::123456789012:application/ssoins-0/apl-0",
    source: { kind: "observed" },
    at: "2026-11-12T14:32:00Z",
    kept: false,
  } as const;
  expect(changed({}, { facts: { application_arn } })).toEqual([t("watch-found", { name: "nOps" })]);
});
