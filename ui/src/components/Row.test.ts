import { fireEvent, render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { TransferView } from "../bindings";
import { emptySetup, Fake } from "../testing/fake";
import Stage from "../testing/Stage.svelte";
import { t } from "../words";
import Row from "./Row.svelte";

const TRANSFER: TransferView = {
  number: 1,
  from: "sp_acs_url",
  to_side: "aws",
  to_label: "field-aws_acs_url",
  value: "https://app.nops.io/sso/v1/1/?acs",
  copy: { kind: "value", field: "sp_acs_url" },
};

const button = () => document.querySelector<HTMLElement>("[data-copy]")!;
const icon = () => button().querySelector("use")!.getAttribute("href");

it("still shows that a value was copied after another step was open", async () => {
  const setup = emptySetup();
  const steps = setup.steps.map((step) => ({ ...step, transfers: [TRANSFER] }));
  const backend = new Fake({ ...setup, current: "application", steps });
  render(Stage, { props: { backend, of: Row, given: { label: "ACS", transfer: TRANSFER } } });
  const before = icon();
  await fireEvent.click(button());
  await expect.poll(() => button().className).toContain("is-copied");
  const copied = icon();
  expect(copied).not.toBe(before);

  backend.show(() => ({ current: "mappings" }));
  await expect.poll(icon).toBe(before);
  backend.show(() => ({ current: "application" }));
  await expect.poll(icon).toBe(copied);
  expect(button().textContent).toContain(t("copied-earlier"));
});
