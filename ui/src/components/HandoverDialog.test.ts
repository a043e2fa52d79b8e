import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import App from "../App.svelte";
import type { Document } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";

async function show(lane: "aws" | "nops" | null) {
  const backend = new Fake({ ...emptySetup(), handover: { lane, received: null, sent: null } });
  const documents: Document[] = [];
  backend.save = (document) => {
    documents.push(document);
    if (document.kind === "handover") {
      const sent = { to: document.to, fingerprint: "digital apollo aroma rival artist rebel" };
      backend.show(() => ({ handover: { lane, received: null, sent } }));
    }
    return Promise.resolve({ status: "ok", data: backend.saved });
  };
  render(App, { props: { backend } });
  await tick();
  await fireEvent.click(document.querySelector('[data-action="hand-over"]')!);
  await tick();
  return documents;
}

const submit = () => fireEvent.submit(document.querySelector("dialog[open] form")!);

it("saves a file for the other role and shows its fingerprint", async () => {
  const documents = await show("nops");
  await submit();
  await tick();
  expect(documents).toEqual([{ kind: "handover", to: "aws", people: false, sender: "" }]);
  expect(document.querySelector("[data-handed-over=aws]")).not.toBeNull();
  expect(document.querySelectorAll("dialog [data-fingerprint] li")).toHaveLength(6);
});

it("asks for the recipient only if the user has no role", async () => {
  await show("nops");
  expect(document.querySelector("[data-handover-to=aws]")).not.toBeNull();
  expect(document.querySelectorAll("dialog[open] input[type=radio]")).toHaveLength(0);
  document.body.replaceChildren();
  await show(null);
  expect(document.querySelectorAll("dialog[open] input[type=radio]")).toHaveLength(2);
});

it("includes personal data only if the user chooses it", async () => {
  const documents = await show(null);
  expect(document.querySelector('[data-field="handover-sender"]')).toBeNull();
  await fireEvent.click(document.querySelector('[data-field="handover-people"]')!);
  await fireEvent.input(document.querySelector('[data-field="handover-sender"]')!, {
    target: { value: "Dana" },
  });
  await fireEvent.click(document.querySelector('[data-field="handover-aws"]')!);
  await submit();
  expect(documents).toEqual([{ kind: "handover", to: "aws", people: true, sender: "Dana" }]);
});
