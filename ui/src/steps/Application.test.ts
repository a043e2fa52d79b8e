import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it } from "vitest";

import type { PageLink, Source, TransferView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import Application from "./Application.svelte";

const ARN = "arn:aws:sso::123456789012:application/ssoins-7223b0f6d1c4e5a8/apl-8d3e1f2a4b5c6d7e";

function show(source: Source) {
  const fact = {
    ...emptySetup().facts.application_arn,
    value: ARN,
    source,
    at: "2026-11-12T14:32:00Z",
  };
  const setup = {
    ...emptySetup(),
    current: "application" as const,
    facts: { application_arn: fact },
  };
  render(Stage, { props: { backend: new Fake(setup as never), of: Application, given: {} } });
  return document.body.textContent;
}

it("claims to have read the application only when it did", () => {
  expect(show({ kind: "observed" } as Source)).toContain(t("lead-application-found"));
});

it("labels addresses from a pasted ARN as pasted", () => {
  const text = show({ kind: "entered" } as Source);
  expect(text).toContain(t("lead-application-given"));
  expect(text).not.toContain(t("lead-application-found"));
});

it("keeps focus and selection when the layout changes", async () => {
  const backend = new Fake({ ...emptySetup(), current: "application" });
  render(Stage, { props: { backend, of: Application, given: {} } });
  const before = box();
  before.focus();
  before.value = `${ARN} and more`;
  before.dispatchEvent(new InputEvent("input", { inputType: "insertText", bubbles: true }));
  before.setSelectionRange(3, 5);
  const fact = { value: ARN, source: { kind: "entered" as const }, at: "1", kept: false };
  backend.show(() => ({ facts: { application_arn: fact } }));
  await tick();
  await tick();
  const after = box();
  expect(after, "the box stays where it is").toBe(before);
  expect(document.querySelectorAll("[data-field=idp_link]")).toHaveLength(1);
  expect(document.activeElement).toBe(after);
  expect(after.value).toBe(`${ARN} and more`);
  expect([after.selectionStart, after.selectionEnd]).toEqual([3, 5]);
});

it("keeps the form in place when the application becomes known", async () => {
  const backend = new Fake({ ...emptySetup(), current: "application" });
  render(Stage, { props: { backend, of: Application, given: {} } });
  const form = () => document.querySelector<HTMLElement>(".side--aws .sheet")!;
  const before = form();
  const above = () => {
    const all = [...document.querySelectorAll(".side--aws *")];
    return all.slice(0, all.indexOf(form()));
  };
  const elements = above().filter((one) => one.closest("ol"));
  const fact = { value: ARN, source: { kind: "entered" as const }, at: "1", kept: false };
  backend.show(({ steps }) => ({
    facts: { idp_entity_id: fact },
    steps: steps.map((step) => ({ ...step, open: ["submitted"] })),
  }));
  await tick();
  await tick();
  expect(form()).toBe(before);
  expect(above().filter((one) => one.closest("ol"))).toEqual(elements);
  const submitted = document.querySelector("[data-field=application_submitted]")!;
  expect(form().compareDocumentPosition(submitted)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  expect(document.querySelector("main .found, .found")?.textContent).toContain(t("watch-given"));
});

it("keeps the last button when waiting changes to found", async () => {
  const waiting = { state: "waiting" as const, asked: null, since: null, seen: 0, times: 1 };
  const setup = { ...emptySetup(), current: "application" as const, watch: waiting };
  const connection = { ...setup.connection, state: "connected" as const };
  const backend = new Fake({ ...setup, connection });
  render(Stage, { props: { backend, of: Application, given: {} } });
  const last = () => [...document.querySelectorAll("[data-action=ask-now]")].at(-1);
  const isLast = () => last()?.parentElement?.lastElementChild === last();
  expect(isLast()).toBe(true);
  const fact = { value: ARN, source: { kind: "observed" as const }, at: "1", kept: false };
  backend.show(() => ({
    facts: { application_arn: fact },
    watch: { ...waiting, state: "found" },
  }));
  await tick();
  expect(last()).not.toBeUndefined();
  expect(isLast()).toBe(true);
});

const box = () => document.querySelector<HTMLTextAreaElement>("[data-field=idp_link]")!;

it("has one main button until the application is known", () => {
  const setup = { ...emptySetup(), current: "application" as const, sp_metadata_ready: true };
  const page: PageLink = {
    page: { kind: "aws_applications" },
    url: "https://a/",
    account: null,
    basis: "documented",
  };
  const watch = { ...setup.watch, state: "idle" as const };
  const backend = new Fake({ ...setup, watch, pages: [page] });
  render(Stage, { props: { backend, of: Application, given: {} } });
  const main = [...document.querySelectorAll<HTMLElement>(".btn--main")];
  expect(main.map((button) => button.dataset["action"])).toEqual(["open-aws-applications"]);
});

it("shows the saved file on a line of its own", async () => {
  const setup = { ...emptySetup(), current: "application" as const, sp_metadata_ready: true };
  const backend = new Fake(setup);
  backend.saved = { file: "nops.xml", folder: "Downloads", number: 1 };
  render(Stage, { props: { backend, of: Application, given: {} } });
  const line = document.querySelector(".choice__saved")!;
  const button = document.querySelector<HTMLElement>("[data-action=save-sp-metadata]")!;
  const before = button.parentElement!.childElementCount;
  await fireEvent.click(button);
  await expect
    .poll(() => line.textContent)
    .toContain(t("saved-as", { file: "nops.xml", folder: "Downloads" }));
  expect(button.parentElement!.childElementCount).toBe(before);
});

it("makes copy buttons less prominent once the step is done", async () => {
  const transfers: TransferView[] = [
    {
      number: 1,
      copy: { kind: "value", field: "aws_display_name" },
      value: "nOps",
      from: null,
      to_side: "aws",
      to_label: "field-aws_display_name",
    },
  ];
  const setup = { ...emptySetup(), current: "application" as const };
  const steps = setup.steps.map((step) => ({ ...step, transfers }));
  const backend = new Fake({ ...setup, steps });
  render(Stage, { props: { backend, of: Application, given: {} } });
  const isQuiet = () => document.querySelector("[data-copy]")!.closest(".is-done") !== null;
  expect(isQuiet()).toBe(false);
  backend.show(() => ({
    steps: steps.map((step) => ({ ...step, status: { kind: "done" as const } })),
  }));
  await tick();
  expect(isQuiet()).toBe(true);
});

it("asks whether the form was submitted while that's open", async () => {
  const backend = new Fake({ ...emptySetup(), current: "application" });
  render(Stage, { props: { backend, of: Application, given: {} } });
  const asks = () => document.querySelector("[data-field=application_submitted]") !== null;
  expect(asks()).toBe(false);
  const open = (what: string[]) =>
    backend.show(({ steps }) => ({
      steps: steps.map((one) => (one.step === "application" ? { ...one, open: what } : one)),
    }));
  open(["submitted"]);
  await tick();
  expect(asks()).toBe(true);
  open([]);
  backend.show(() => ({
    facts: {
      application_submitted: { value: "true", source: { kind: "declared" }, at: "1", kept: false },
    },
  }));
  await tick();
  expect(asks(), "the answer can be changed").toBe(true);
});
