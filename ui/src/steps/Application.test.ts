import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";

import type { Source } from "../contract";
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

it("says that it read the application in AWS only when it did", () => {
  expect(show({ kind: "observed" } as Source)).toContain(t("lead-application-found"));
});

it("says that the addresses of a pasted ARN were pasted", () => {
  const text = show({ kind: "entered" } as Source);
  expect(text).toContain(t("lead-application-given"));
  expect(text).not.toContain(t("lead-application-found"));
});
