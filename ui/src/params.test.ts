import { expect, test } from "vitest";

import { counts, spokenValue } from "./params";
import { t } from "./words";

test("only counts are formatted as numbers", () => {
  const names = counts([
    "a =\n    { $count ->\n        [one] x\n       *[other] y\n    }\nb = { $name }",
  ]);
  expect([...names]).toEqual(["count"]);
  expect(spokenValue("7100", true)).toBe(7100);
  expect(spokenValue("2024", false)).toBe("2024");
  expect(spokenValue("00123", false)).toBe("00123");
});

test("a group called 2024 keeps its name", () => {
  expect(t("finding-group_empty", { group: "2024" })).toContain("2024");
});
