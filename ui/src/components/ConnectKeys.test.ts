import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import ConnectKeys from "./ConnectKeys.svelte";

const one = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector);

function show() {
  const backend = new Fake(emptySetup());
  render(Stage, { props: { backend, of: ConnectKeys, given: {} } });
  return backend;
}

async function paste(field: string, text: string) {
  const clipboardData = { getData: () => text };
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData });
  await fireEvent(one(`[data-field=${field}]`)!, event);
  return event.defaultPrevented;
}

const BLOCK = 'export AWS_ACCESS_KEY_ID="ASIAIOSFODNN7EXAMPLE"\nexport AWS_SESSION_TOKEN="t"';

it("takes a pasted block instead of the three values, and never shows it", async () => {
  const backend = show();
  expect(await paste("access_key_id", BLOCK)).toBe(true);
  expect(one("[data-field=access_key_id]")).toBeNull();
  expect(one("[data-field=keys_block]")).not.toBeNull();
  expect(document.body.textContent).not.toContain("ASIA");
  await fireEvent.input(one("[data-field=region]")!, { target: { value: "us-east-1" } });
  await fireEvent.submit(document.querySelector("form")!);
  expect(backend.actions).toEqual([
    {
      kind: "connect_keys",
      access_key_id: "",
      secret_access_key: BLOCK,
      session_token: null,
      region: "us-east-1",
      remember: true,
    },
  ]);
});

it("leaves a single pasted value to the box, and forgets a block on request", async () => {
  show();
  expect(await paste("secret_access_key", "one line")).toBe(false);
  await paste("session_token", BLOCK);
  await fireEvent.click(one("[data-action=clear-keys]")!);
  expect(one("[data-field=access_key_id]")).not.toBeNull();
});
