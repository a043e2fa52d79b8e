import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import AddList from "./AddList.svelte";

const one = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector)!;
const failures = () =>
  [...document.querySelectorAll<HTMLElement>("[data-failure]")].map(
    (one) => one.dataset["failure"],
  );

it("shows only the reason why the last text was refused", async () => {
  const backend = new Fake(emptySetup());
  render(Stage, { props: { backend, of: AddList, given: { open: true } } });
  await tick();
  for (const code of ["list_certificate", "list_empty"]) {
    backend.refusal = { code, params: {} };
    await fireEvent.input(one("[data-field=list]"), { target: { value: code } });
    await fireEvent.submit(one("form"));
    await waitFor(() => expect(failures()).toEqual([code]));
  }
  backend.refusal = null;
  await fireEvent.input(one("[data-field=list]"), { target: { value: "ana@example.com" } });
  await fireEvent.submit(one("form"));
  await waitFor(() => expect(document.querySelector("[data-field=list]")).toBeNull());
});
