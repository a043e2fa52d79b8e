import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Connection, Finding } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import ConnectBrowser from "./ConnectBrowser.svelte";

type SignIn = Connection["sign_in"];

const PORTAL = "https://d-1234567890.awsapps.com/start";
const ACCOUNTS = [
  { id: "123456789012", name: "Management" },
  { id: "210987654321", name: "Logs" },
];

async function show(signIn: Partial<SignIn>) {
  const backend = new Fake(emptySetup());
  render(Stage, { props: { backend, of: ConnectBrowser, given: {} } });
  backend.show(({ connection }) => ({
    connection: {
      ...connection,
      sign_in: { ...connection.sign_in, start_url: PORTAL, region: "us-east-1", ...signIn },
    },
  }));
  await new Promise(requestAnimationFrame);
  return backend;
}

const one = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector);

it("signs in at the suggested portal by redirect or code", async () => {
  const backend = await show({});
  await fireEvent.click(one("[data-action=sign-in]")!);
  await fireEvent.click(one("[data-action=sign-in-code]")!);
  expect(backend.actions).toEqual(
    (["redirect", "code"] as const).map((answer) => ({
      kind: "sign_in",
      start_url: PORTAL,
      region: "us-east-1",
      answer,
    })),
  );
});

it("shows the code to compare while waiting for approval", async () => {
  const backend = await show({ waiting: true, code: "WXYZ-2345" });
  expect(one("[data-field=sign_in_code]")!.textContent).toBe("WXYZ-2345");
  expect(one("[data-action=sign-in]")).toBeNull();
  // If a sign-in is denied or expires, a finding appears. This test checks only that the form keeps
  // its values.
  backend.show(({ connection }) => ({
    connection: { ...connection, sign_in: { ...connection.sign_in, waiting: false, code: null } },
  }));
  await expect.poll(() => one<HTMLInputElement>("[data-field=start_url]")?.value).toBe(PORTAL);
  expect(one("[data-field=sign_in_code]")).toBeNull();
});

it("asks for an account first, then for a role", async () => {
  const backend = await show({ accounts: ACCOUNTS });
  expect(one("[data-field=role]")).toBeNull();
  expect(one("[data-action=connect]")).toBeNull();
  await fireEvent.change(one("[data-field=account]")!, { target: { value: "210987654321" } });
  expect(backend.actions).toEqual([{ kind: "choose_account", account: "210987654321" }]);
});

it("connects with the chosen role", async () => {
  const backend = await show({
    accounts: ACCOUNTS,
    account: "123456789012",
    roles: ["Admin", "ReadOnly"],
  });
  await fireEvent.change(one("[data-field=role]")!, { target: { value: "ReadOnly" } });
  await fireEvent.click(one("[data-action=connect]")!);
  expect(backend.actions).toEqual([{ kind: "connect_role", role: "ReadOnly" }]);
});

it("keeps the portal URL and requires a Region", async () => {
  const backend = await show({ start_url: "", region: "" });
  const url = one<HTMLInputElement>("[data-field=start_url]")!;
  const region = one<HTMLInputElement>("[data-field=portal_region]")!;
  expect([url.required || url.getAttribute("aria-required"), region.placeholder]).toEqual([
    "true",
    "",
  ]);
  await fireEvent.input(url, { target: { value: PORTAL } });
  await fireEvent.click(one("[data-action=sign-in]")!);
  expect(backend.actions).toEqual([]);
  expect(region.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(region);
  expect(
    document.getElementById(region.getAttribute("aria-describedby")!.split(" ").at(-1)!),
  ).not.toBeNull();
  backend.show(({ connection }) => ({ connection: structuredClone(connection) }));
  await new Promise(requestAnimationFrame);
  expect(url.value).toBe(PORTAL);
  await fireEvent.input(region, { target: { value: "us-east-1" } });
  await fireEvent.click(one("[data-action=sign-in]")!);
  expect(backend.actions).toHaveLength(1);
});

it("marks the Region when AWS has no such portal there", async () => {
  const backend = await show({});
  const region = () => one("[data-field=portal_region]")!;
  expect(region().getAttribute("aria-invalid")).toBeNull();
  const cause = { key: "aws-unknown_portal", params: { address: PORTAL, region: "us-east-1" } };
  const finding: Finding = {
    id: "1",
    mistake: "",
    code: "sign_in_failed",
    severity: "error",
    step: "connect",
    side: "aws",
    field: "aws_caller",
    item: null,
    given: null,
    expected: null,
    received: null,
    params: {},
    cause,
    fix: null,
    basis: "documented",
    kept: false,
    can_keep: false,
    recheck: null,
  };
  backend.show(() => ({ findings: [finding] }));
  await expect.poll(() => region().getAttribute("aria-invalid")).toBe("true");
});
