import { expect, it } from "vitest";

import { ranges } from "./rail";

it.each([
  [[], ""],
  [[4], "4"],
  [[1, 2], "1, 2"],
  [[2, 3, 4, 5], "2–5"],
  [[1, 3, 4, 5, 9], "1, 3–5, 9"],
])("shortens %j to %j", (numbers, short) => {
  expect(ranges(numbers)).toBe(short);
});
