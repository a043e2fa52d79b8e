import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import RoleChoice from "./RoleChoice.svelte";

// The test DOM has no methods for opening and closing dialogs.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
  };
});

function show() {
  const backend = new Fake(emptySetup());
  render(Stage, { props: { backend, of: RoleChoice, given: {} } });
  const list = document.querySelector<HTMLSelectElement>('[data-field="nops_default_role"]')!;
  return { backend, choose: (role: string) => fireEvent.change(list, { target: { value: role } }) };
}

it("accepts a member role without confirmation", async () => {
  const { backend, choose } = show();
  await choose("client-member");
  expect(backend.actions).toEqual([
    { kind: "declare", field: "nops_default_role", value: "client-member" },
  ]);
});

it("asks for confirmation of an administrator role", async () => {
  const { backend, choose } = show();
  await choose("client-admin");
  expect(backend.actions).toEqual([]);
  const confirm = await waitFor(() =>
    document.querySelector<HTMLElement>('[data-action="confirm-declare"]')!,
  );
  await fireEvent.click(confirm);
  await waitFor(() =>
    expect(backend.actions).toEqual([
      { kind: "declare", field: "nops_default_role", value: "client-admin" },
    ]),
  );
});
