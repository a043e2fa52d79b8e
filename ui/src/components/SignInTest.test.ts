import { fireEvent, render, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it, vi } from "vitest";

import type { Finding, SignInTestView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import SignInTest from "./SignInTest.svelte";

const untried: SignInTestView = {
  test: "test_from_nops",
  result: "untried",
  at: null,
  stale: false,
};

function show(test: SignInTestView) {
  const backend = new Fake(emptySetup());
  render(Stage, {
    props: {
      backend,
      of: SignInTest,
      given: { test, title: "SignInTest 2", does: "sign-in-tests-2-do", name: "Samuel Okafor" },
    },
  });
  return backend;
}

const choice = (value: string) =>
  document.querySelector<HTMLInputElement>(`input[value="${value}"]`)!;

const found = (field: Finding["field"], item: Finding["item"]): Finding => ({
  id: `${field}`,
  mistake: "",
  code: "shown_no_attributes",
  severity: "error",
  step: "sign_in_tests",
  side: "aws",
  field,
  item,
  cause: null,
  given: null,
  expected: null,
  received: null,
  params: { next: "nothing" },
  fix: { kind: "go", step: "mappings" },
  basis: "inferred",
  kept: false,
  can_keep: false,
  recheck: null,
});

describe("a sign-in test", () => {
  it("records a success immediately", async () => {
    const backend = show(untried);
    await fireEvent.click(choice("passed"));
    expect(backend.actions).toEqual([
      { kind: "sign_in_test", test: "test_from_nops", result: "passed", error: null },
    ]);
  });

  it("shows no source before there's an answer", () => {
    show(untried);
    expect(document.querySelector(".chip")).toBeNull();
    show({ ...untried, result: "failed", at: "2026-11-12T15:00:00Z" });
    expect(document.querySelector(".chip--declared")).not.toBeNull();
  });

  it("scrolls to the explanation of an error", async () => {
    const scroll = vi.spyOn(Element.prototype, "scrollIntoView");
    const backend = show(untried);
    await fireEvent.click(choice("error"));
    backend.act = () => {
      const item = { kind: "test", field: "test_from_nops" } as const;
      backend.show(() => ({ findings: [found("nops_x509", item)] }));
      return Promise.resolve({ status: "ok", data: 2 });
    };
    const box = document.querySelector<HTMLTextAreaElement>('[data-field="test_from_nops_error"]')!;
    await fireEvent.input(box, { target: { value: "Signature validation failed" } });
    expect(scroll).not.toHaveBeenCalled();
    await fireEvent.click(document.querySelector('[data-action="decode"]')!);
    await waitFor(() => expect(scroll).toHaveBeenCalled());
    const answer = document.querySelector("[data-finding=shown_no_attributes]");
    expect(scroll.mock.contexts).toEqual([answer]);
    scroll.mockRestore();
  });

  it("asks for the error text before it records a failure", async () => {
    const backend = show(untried);
    await fireEvent.click(choice("error"));
    expect(backend.actions).toEqual([]);
    const box = document.querySelector<HTMLTextAreaElement>('[data-field="test_from_nops_error"]')!;
    await fireEvent.input(box, { target: { value: "Signature validation failed" } });
    await fireEvent.click(document.querySelector('[data-action="decode"]')!);
    expect(backend.actions).toEqual([
      {
        kind: "sign_in_test",
        test: "test_from_nops",
        result: "failed",
        error: "Signature validation failed",
      },
    ]);
  });

  it("shows what to do about a confirmation email, without a result", async () => {
    const backend = show(untried);
    await fireEvent.click(choice("mail"));
    expect(backend.actions).toEqual([]);
    const steps = [...document.querySelectorAll("ol li")].map((one) => one.textContent?.trim());
    expect(steps).toEqual([
      t("sign-in-tests-mail-open", { name: "Samuel Okafor" }),
      t("sign-in-tests-mail-again"),
    ]);
  });

  it("withdraws a success as soon as another answer is chosen", async () => {
    for (const [answer, result] of [
      ["error", "failed"],
      ["else", "failed"],
      ["mail", "untried"],
    ] as const) {
      document.body.replaceChildren();
      const backend = show({ ...untried, result: "passed", at: "2026-11-12T15:00:00Z" });
      await fireEvent.click(choice(answer));
      expect(backend.actions, answer).toEqual([
        { kind: "sign_in_test", test: "test_from_nops", result, error: null },
      ]);
      expect(choice(answer).checked).toBe(true);
    }
  });

  it("keeps a recorded failure while its text is added", async () => {
    const backend = show({ ...untried, result: "failed", at: "2026-11-12T15:00:00Z" });
    await fireEvent.click(choice("error"));
    expect(backend.actions).toEqual([]);
  });

  it("keeps every answer in place after a success", () => {
    show(untried);
    const before = document.querySelectorAll("input").length;
    document.body.replaceChildren();
    show({ ...untried, result: "passed", at: "2026-11-12T15:00:00Z" });
    expect(document.querySelectorAll("input")).toHaveLength(before);
    expect(choice("passed").checked).toBe(true);
  });

  it("labels a passed test as reported", () => {
    show({ ...untried, result: "passed", at: "2026-11-12T15:00:00Z" });
    expect(document.querySelector(".st--said")).not.toBeNull();
    expect(document.querySelector(".chip--declared")).not.toBeNull();
    expect(document.querySelector(".st--ok")).toBeNull();
  });

  it("asks to test again after a value changes", () => {
    show({ ...untried, result: "passed", at: "2026-11-12T15:00:00Z", stale: true });
    expect(choice("passed").checked).toBe(false);
  });

  it("shows the error's findings next to the box", async () => {
    const backend = show({ ...untried, result: "failed", at: "2026-11-12T15:00:00Z" });
    const own = { kind: "test" as const, field: "test_from_nops" as const };
    const other = { kind: "test" as const, field: "test_from_portal" as const };
    backend.show(() => ({
      findings: [found("attribute_mappings", own), found("nops_saved", other)],
    }));
    await tick();
    expect(document.querySelectorAll("[data-finding]")).toHaveLength(1);
  });
});
