import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import type { TeamView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import TeamList from "./TeamList.svelte";

const TEAM: TeamView = {
  members: 64,
  with_access: 3,
  outside: 1,
  locked_out: 52,
  domain_unknown: 0,
  who: ["fay@example.com", "gus@example.com"],
  differ: 1,
  differing: [{ nops: "bo@example.com", aws: "Bo@example.com" }],
};

function show(team: TeamView | null) {
  const backend = new Fake(emptySetup());
  render(Stage, { props: { backend, of: TeamList, given: {} } });
  backend.show((setup) => ({ people: { ...setup.people, team } }));
  return backend;
}

const one = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector);

it("sends the pasted text", async () => {
  const backend = show(null);
  await fireEvent.input(one("[data-field=team]")!, { target: { value: "Ana <ana@example.com>" } });
  await fireEvent.click(one("[data-action=paste-team]")!);
  expect(backend.actions).toEqual([{ kind: "paste_team", text: "Ana <ana@example.com>" }]);
});

it("keeps refused text and shows the reason", async () => {
  const backend = show(null);
  backend.refusal = { code: "team_empty", params: {} };
  await fireEvent.input(one("[data-field=team]")!, { target: { value: "Ana Lima" } });
  await fireEvent.click(one("[data-action=paste-team]")!);
  await expect.poll(() => document.body.textContent).toContain("This text has no email addresses");
  expect(one<HTMLTextAreaElement>("[data-field=team]")!.value).toBe("Ana Lima");
});

it("names no one as locked out while the domain isn't known", async () => {
  show({ ...TEAM, locked_out: 0, who: [], domain_unknown: 52 });
  await expect
    .poll(() => document.body.textContent)
    .toContain(t("team-domain-unknown", { count: 52 }));
  expect(document.body.textContent).not.toContain(t("team-locked-out"));
  expect(one("[data-team=locked-out]")).toBeNull();
});

it("lists locked-out people first, then differing addresses", async () => {
  const backend = show(TEAM);
  await expect.poll(() => one("[data-check]")?.dataset["check"]).toBe("team-locked-out");
  const listed = (which: string) =>
    [...document.querySelectorAll(`[data-team=${which}] li`)].map((item) => item.textContent);
  expect(listed("locked-out")).toEqual(["fay@example.com", "gus@example.com", "and 50 more"]);
  expect(listed("differ")).toEqual(["bo@example.com in nOps, Bo@example.com in AWS"]);
  await fireEvent.click(one("[data-action=forget-team]")!);
  expect(backend.actions).toEqual([{ kind: "forget_team" }]);
});

it("doesn't ask for optional information", async () => {
  show(null);
  expect(document.body.textContent).not.toContain(t("field-required"));
  await fireEvent.click(one("[data-action=paste-team]")!);
  expect(one("[data-missing]"), "a comparison needs the list").not.toBeNull();
});

it("accepts that the user checked the team without a list", async () => {
  const backend = show(null);
  await fireEvent.click(one("[data-field=nops_team_checked]")!);
  expect(backend.actions).toEqual([{ kind: "declare", field: "nops_team_checked", value: "true" }]);
});

it("names the practice page that lists the team", async () => {
  const backend = show(null);
  const hint = () => one("[id$='-h']")?.textContent?.trim();
  await tick();
  expect(hint()).toBe(t("team-hint"));
  backend.show(() => ({ world: "practice" }));
  await tick();
  expect(hint()).toBe(t("team-hint.practice"));
});
