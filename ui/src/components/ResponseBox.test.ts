import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import ResponseBox from "./ResponseBox.svelte";

function show(folded = false) {
  const backend = new Fake(emptySetup());
  const children = createRawSnippet(() => ({ render: () => "<p>what to press</p>" }));
  render(Stage, {
    props: { backend, of: ResponseBox, given: { label: "The response", folded, children } },
  });
  return { backend, box: document.querySelector<HTMLTextAreaElement>("#response")! };
}

function paste(box: HTMLElement, text: string) {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  return fireEvent(box, event);
}

it("sends a pasted response immediately and doesn't keep it", async () => {
  const { backend, box } = show();
  await paste(box, "<samlp:Response/>");
  expect(backend.actions).toEqual([{ kind: "dry_run", response: "<samlp:Response/>" }]);
  await waitFor(() => expect(box.value).toBe(""));
  expect(backend.emptied).toBe(0);
});

it("empties the clipboard only with the user's consent", async () => {
  const { backend, box } = show();
  await fireEvent.click(document.querySelector('[data-field="empties_clipboard"]')!);
  expect(backend.emptied, "nothing is on show yet").toBe(0);
  await paste(box, "<samlp:Response/>");
  await waitFor(() => expect(backend.emptied).toBe(1));
});

it("keeps refused text", async () => {
  const { backend, box } = show();
  backend.refusal = { code: "busy", params: {} };
  await fireEvent.input(box, { target: { value: "PHNhbWw" } });
  await fireEvent.click(document.querySelector('[data-action="dry_run"]')!);
  await waitFor(() => expect(document.querySelector('[data-failure="busy"]')).not.toBeNull());
  expect(box.value).toBe("PHNhbWw");
});

it("folds the box but not the clipboard option after a pass", () => {
  show(true);
  expect(document.querySelector("details:not([open]) #response")).not.toBeNull();
  expect(document.querySelector('details [data-field="empties_clipboard"]')).toBeNull();
});
