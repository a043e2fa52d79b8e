import { expect, it } from "vitest";

import { cut, excerpt } from "./diff";

it.each([
  ["User.FirstName", "User.Firstname", "N", "n"],
  ["/metadata", "/metadata/", "", "/"],
  ["same", "same", "", ""],
  ["", "x", "", "x"],
  ["aa", "a", "a", ""],
  ["a🔒c", "a🔑c", "🔒", "🔑"],
])("%s and %s differ in %s and %s", (a, b, one, other) => {
  const [first, second] = cut(a, b);
  expect([first.differs, second.differs]).toEqual([one, other]);
  expect(first.before + first.differs + first.after).toBe(a);
  expect(second.before + second.differs + second.after).toBe(b);
});

const LINK = `https://portal.sso.us-east-1.amazonaws.com/saml/assertion/${"M".repeat(200)}`;

it("shows an address whole", () => {
  const [one, two] = cut(LINK, `${LINK}/`);
  expect([excerpt(one), excerpt(two)]).toEqual([one, two]);
});

it("shortens a long text around its difference", () => {
  const long = "W".repeat(5000);
  expect(excerpt({ before: long, differs: "", after: "" }).before).toMatch(/^W{60}…$/);
  const { before, differs, after } = excerpt({ before: long, differs: "x", after: long });
  expect([before, differs, after]).toEqual([`…${"W".repeat(60)}`, "x", `${"W".repeat(60)}…`]);
  expect(excerpt({ before: "", differs: long, after: "" }).differs).toMatch(/^W{60}…$/);
});
