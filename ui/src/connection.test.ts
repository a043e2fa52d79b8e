import { expect, it } from "vitest";

import type { View } from "./bindings";
import { Connection } from "./connection.svelte";
import { Session } from "./session.svelte";
import { emptySetup, Fake } from "./testing/fake";

it("shows the newest view after a pointer button is released", () => {
  const backend = new Fake(emptySetup());
  const connection = new Connection(backend, () => {});
  connection.start();
  backend.show(() => ({ name: "before" }));
  connection.hold(true);
  backend.show(() => ({ name: "first" }));
  backend.show(() => ({ name: "second" }));
  const name = () => (connection.view as View).setup?.name;
  expect(name()).toBe("before");
  connection.hold(false);
  expect(name()).toBe("second");
});

it("sends an action once while it is being sent", async () => {
  const backend = new Fake(emptySetup());
  const session = new Session(backend);
  const both = [session.act({ kind: "clear_people" }), session.act({ kind: "clear_people" })];
  await Promise.all(both);
  await session.act({ kind: "clear_people" });
  expect(backend.actions).toHaveLength(2);
});
