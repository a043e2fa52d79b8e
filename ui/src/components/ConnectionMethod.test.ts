import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Connection } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import ConnectionMethod from "./ConnectionMethod.svelte";

function show(connection: Partial<Connection>) {
  const setup = { ...emptySetup(), current: "connect" as const };
  const backend = new Fake({ ...setup, connection: { ...setup.connection, ...connection } });
  render(Stage, { props: { backend, of: ConnectionMethod, given: {} } });
  return backend;
}

const list = () => document.querySelector<HTMLSelectElement>("[data-field=way]")!;
const byHandButton = () => document.querySelector<HTMLElement>("[data-action=by-hand]");
const choose = (value: string) => fireEvent.change(list(), { target: { value } });

it("works by hand as soon as that is selected", async () => {
  const backend = show({});
  await choose("by_hand");
  expect(backend.actions).toEqual([{ kind: "by_hand" }]);
});

it.each([
  ["a live connection", { way: "role", state: "connected" }],
  ["a connection that is starting", { way: "profile", state: "connecting" }],
  ["keys in the keychain", { way: "keys", state: "failed", remembered: true }],
] as const)("asks before it ends %s", async (_, connection) => {
  const backend = show(connection);
  await choose("by_hand");
  expect(backend.actions).toEqual([]);
  await fireEvent.click(byHandButton()!);
  expect(backend.actions).toEqual([{ kind: "by_hand" }]);
});

it("ends by hand when another method is selected", async () => {
  const backend = show({ way: "by_hand" });
  await choose("role");
  expect(backend.actions).toEqual([{ kind: "disconnect" }]);
});

it("shows why by hand was refused, and keeps the method", async () => {
  const backend = show({});
  backend.refusal = { code: "busy", params: {} };
  const before = list().value;
  await choose("by_hand");
  await expect.poll(() => document.querySelector("[data-failure=busy]")).not.toBeNull();
  expect(list().value).toBe(before);
});

const profile = (name: string, more: Partial<Connection["profiles"][number]> = {}) => ({
  name,
  region: "us-east-1",
  needs_code: false,
  problem: null,
  hints: [],
  ...more,
});
const connectButton = () => document.querySelector<HTMLElement>("[data-action=connect]");
const shownHints = () =>
  [...document.querySelectorAll<HTMLElement>("[data-hint]")].map((hint) => hint.dataset.hint);

it("explains why a profile can't be used, and offers no connection", () => {
  const problem = { key: "profile-no_credentials", params: { profile: "old" } };
  show({ profiles: [profile("old", { problem })], way: "profile", label: "old" });
  expect(shownHints()).toEqual(["profile-no_credentials"]);
  expect(connectButton()).toBeNull();
});

it("starts with the profile that the environment selects", async () => {
  const environment = [
    { key: "environment-profile", params: { variable: "AWS_PROFILE", profile: "work" } },
  ];
  const profiles = [profile("default"), profile("work")];
  const backend = show({ profiles, selected_profile: "work", environment });
  expect(shownHints()).toEqual(["environment-profile"]);
  await fireEvent.click(connectButton()!);
  expect(backend.actions).toEqual([
    { kind: "connect_profile", profile: "work", region: null, code: null },
  ]);
});

it("asks for the Region and the MFA code that a profile needs", async () => {
  const backend = show({ profiles: [profile("bare", { region: null, needs_code: true })] });
  await fireEvent.click(connectButton()!);
  expect(backend.actions).toEqual([]);
  const type = (field: string, value: string) =>
    fireEvent.input(document.querySelector(`[data-field=${field}]`)!, { target: { value } });
  await type("profile_region", "eu-west-1");
  await type("mfa_code", "123456");
  await fireEvent.click(connectButton()!);
  expect(backend.actions).toEqual([
    { kind: "connect_profile", profile: "bare", region: "eu-west-1", code: "123456" },
  ]);
});

it("lists the lines of the AWS configuration that can't be used", () => {
  const params = { file: "/home/ana/.aws/config", line: "3" };
  const note = { key: "configuration-no_equals", params };
  show({ profiles: [profile("default")], configuration_notes: [note] });
  expect(document.querySelector("details")?.textContent).toContain("Line 3");
});
