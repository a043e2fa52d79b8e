import { expect, it } from "vitest";

import { split } from "./url-tail";

it.each([
  ["https://app.nops.io/sso/v1/76acc2fc/?acs", "?acs"],
  ["https://app.nops.io/sso/v1/76acc2fc/metadata", "metadata"],
  [
    "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy1hNGM2ZTE5ZjA3YjJkODUz",
    "YjJkODUz",
  ],
  ["https://d-9067f0a1b2.awsapps.com/start", "start"],
  ["https://example.com/a/", ""],
  ["User.Email", ""],
])("%s ends in %s", (value, tail) => {
  const parts = split(value);
  expect(parts.tail).toBe(tail);
  expect(parts.head + parts.tail, "nothing is cut").toBe(value);
});
