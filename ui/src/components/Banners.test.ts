import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Connection } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import Banners from "./Banners.svelte";

async function show(given: Partial<Connection>, world: "real" | "practice" = "real") {
  const backend = new Fake({ ...emptySetup(), world });
  render(Stage, { props: { backend, of: Banners, given: {} } });
  backend.show(({ connection }) => ({ connection: { ...connection, ...given } }));
  await new Promise(requestAnimationFrame);
  return backend;
}

const banner = (id: string) => document.querySelector<HTMLElement>(`[data-banner=${id}]`);
const button = (name: string) => document.querySelector<HTMLElement>(`[data-action=${name}]`)!;

it("shows redirected endpoints while waiting for browser sign-in", async () => {
  const endpoint = "https://sso.example.com";
  const waiting = { ...emptySetup().connection.sign_in, waiting: true, code: "WXYZ-2345" };
  await show({ state: "off", sign_in: waiting, redirected: endpoint });
  expect(banner("banner-redirected")?.textContent).toContain(endpoint);
});

it("shows redirected endpoints in every connection state", async () => {
  for (const state of ["off", "connecting", "connected", "failed"] as const) {
    await show({ state, redirected: "https://sts.example.com" });
    expect(banner("banner-redirected"), state).not.toBeNull();
    document.body.replaceChildren();
  }
});

it("hides redirected endpoints in practice mode", async () => {
  await show({ redirected: "http://127.0.0.1:4000" }, "practice");
  expect(banner("banner-redirected")).toBeNull();
});

it("shows the command of a profile from another computer", async () => {
  const backend = await show({ unconfirmed: { name: "corp", command: "/opt/bin/keys --all" } });
  const text = banner("banner-unconfirmed-command")!.textContent;
  expect(text).toContain("corp");
  expect(text).toContain("/opt/bin/keys --all");
  expect(backend.actions).toEqual([]);
  await fireEvent.click(button("confirm-connection"));
  expect(backend.actions).toEqual([
    { kind: "connect_profile", profile: "corp", region: null, code: null },
  ]);
});

it("doesn't offer a blocked profile from another computer", async () => {
  const backend = await show({ unconfirmed: { name: "corp", command: null } });
  expect(banner("banner-unconfirmed")!.textContent).toContain("corp");
  await fireEvent.click(button("refuse-connection"));
  expect(backend.actions).toEqual([{ kind: "disconnect" }]);
});

it("doesn't ask about a profile chosen on this computer", async () => {
  await show({ way: "profile", state: "connecting" });
  expect(banner("banner-unconfirmed")).toBeNull();
  expect(banner("banner-unconfirmed-command")).toBeNull();
});
