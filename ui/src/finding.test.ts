import { expect, it } from "vitest";

import { findingParams, findingKey } from "./finding";
import { has, t } from "./words";

it("finds the message of a file parsing finding", () => {
  expect(findingKey("reading-wrong_kind")).toBe("reading-wrong_kind");
  expect(t(findingKey("reading-wrong_kind"), { kind: "certificate_request" })).toContain(
    "certificate request",
  );
});

it("finds the message of a rule's finding", () => {
  expect(has(findingKey("secret_pasted"))).toBe(true);
});

it("explains a finding by its cause", () => {
  const cause = { key: "aws-denied", params: { action: "sso:ListInstances" } };
  const params = findingParams({ params: {}, cause, fix: null });
  expect(t(findingKey("connection_failed") + ".detail", params)).toBe(t(cause.key, cause.params));
  expect(findingParams({ params: { who: "ana" }, cause: null, fix: null })).toEqual({ who: "ana" });
});
