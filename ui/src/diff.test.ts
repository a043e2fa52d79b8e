import { expect, it } from "vitest";

import { cut } from "./diff";

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
