import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { SetupView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import OpenPage from "./OpenPage.svelte";

const pages = (url: string): SetupView["pages"] => [
  { page: { kind: "aws_settings" }, url, account: null, basis: "documented" },
];
const error = () => document.querySelector(".not-opened");

it.each<[string, Partial<SetupView>]>([
  ["address", { pages: pages("https://example.com/b") }],
  ["step", { current: "people" }],
])("forgets an unopened page after a new %s", async (_, change) => {
  const backend = new Fake({
    ...emptySetup(),
    current: "connect",
    pages: pages("https://example.com/a"),
  });
  backend.refusal = { code: "browser", params: { url: "https://example.com/a" } };
  render(Stage, {
    props: { backend, of: OpenPage, given: { page: { kind: "aws_settings" } } },
  });
  await fireEvent.click(document.querySelector("[data-action=open-aws-settings]")!);
  await expect.poll(error).not.toBeNull();
  backend.show(() => ({}));
  await Promise.resolve();
  expect(error()).not.toBeNull();
  backend.show(() => change);
  await expect.poll(error).toBeNull();
});
