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
