import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import PracticeSignIn from "./PracticeSignIn.svelte";
import SignInPair from "../testing/SignInPair.svelte";

it("shows Copied only on the button that was clicked", async () => {
  const tester = {
    name: "Ana Lima",
    user_name: "ana@example.com",
    email: "ana@example.com",
    enabled: true,
    assigned: true,
    denied: false,
    observed: true,
    signed_in: false,
  };
  const fact = {
    value: "ana@example.com",
    source: { kind: "entered" as const },
    at: "2026-11-12T14:32:00Z",
    kept: false,
  };
  const backend = new Fake({ ...emptySetup(), world: "practice", tester, facts: { tester: fact } });
  render(Stage, { props: { backend, of: SignInPair, given: { of: PracticeSignIn } } });
  const buttons = () => [...document.querySelectorAll("[data-action=copy-value]")];
  expect(buttons()).toHaveLength(2);
  await fireEvent.click(buttons()[0]!);
  const icons = () => buttons().map((one) => one.querySelector("use")?.getAttribute("href"));
  await expect.poll(() => new Set(icons()).size).toBe(2);
});
