import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import TesterField from "./TesterField.svelte";

const users = ["dana", "samuel", "mei", "lukas", "aisha", "noor"].map((name) => ({
  user_name: `${name}@example.com`,
  name: name.toUpperCase(),
}));

function show() {
  const backend = new Fake({ ...emptySetup(), current: "dry_run", users });
  render(Stage, { props: { backend, of: TesterField, given: {} } });
  return backend;
}

const offered = () =>
  [...document.querySelectorAll<HTMLElement>("[data-user]")].map((one) => one.dataset["user"]);

it("offers the first users before anything is typed", () => {
  show();
  expect(offered()).toEqual(users.slice(0, 5).map((one) => one.user_name));
});

it("offers the users that fit the typed text", async () => {
  show();
  const box = document.querySelector<HTMLInputElement>('[data-field="tester"]')!;
  await fireEvent.input(box, { target: { value: "Noor" } });
  expect(offered()).toEqual(["noor@example.com"]);
  await fireEvent.input(box, { target: { value: "admin" } });
  expect(offered()).toEqual([]);
});

it("looks up a typed name on Enter", async () => {
  const backend = show();
  const box = document.querySelector<HTMLInputElement>('[data-field="tester"]')!;
  await fireEvent.input(box, { target: { value: "admin" } });
  await fireEvent.submit(box.form!);
  expect(backend.actions).toEqual([{ kind: "choose_tester", who: "admin" }]);
});

it("chooses an offered user with one click", async () => {
  const backend = show();
  await fireEvent.click(document.querySelector('[data-user="mei@example.com"]')!);
  expect(backend.actions).toEqual([{ kind: "choose_tester", who: "mei@example.com" }]);
});

it("says how many users it leaves out", async () => {
  show();
  const more = () => document.querySelector("[data-more]")?.textContent?.trim();
  expect(more()).toBe(t("dry-run-offered-more", { count: 1 }));
  const box = document.querySelector<HTMLInputElement>('[data-field="tester"]')!;
  await fireEvent.input(box, { target: { value: "noor" } });
  expect(more()).toBeUndefined();
});
