import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { FactView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import PeopleFound from "./PeopleFound.svelte";

const chosen = (value: string): FactView => ({
  value,
  source: { kind: "declared" },
  at: "2026-11-12T14:32:00Z",
  kept: false,
});

it("says how new people sign in first, without more rows", async () => {
  const setup = emptySetup();
  const people = { ...setup.people, total: 3, fine: 2, need_password: 1 };
  const backend = new Fake(setup);
  render(Stage, { props: { backend, of: PeopleFound, given: { people } } });
  const rows = () =>
    [...document.querySelectorAll<HTMLElement>("[data-check]")].map((row) => [
      row.dataset["state"],
      row
        .querySelector("dd")
        ?.textContent?.trim()
        .replace(/^[\w ]+:\s*/, ""),
    ]);
  const fine = ["good", "no problems found"];
  expect(rows()).toEqual([fine, ["warning", "can’t sign in: no password yet"]]);
  backend.show(() => ({ facts: { new_people_password: chosen("email_otp") } }));
  const code = ["said", "gets a code by email at the first sign-in"];
  await expect.poll(rows).toEqual([fine, code]);
});
