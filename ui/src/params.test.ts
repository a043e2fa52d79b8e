import { afterEach, expect, test, vi } from "vitest";

import { counts, spokenValue } from "./params";
import { t } from "./words";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test("only counts are formatted as numbers", () => {
  const names = counts([
    "a =\n    { $count ->\n        [one] x\n       *[other] y\n    }\nb = { $name }",
  ]);
  expect([...names]).toEqual(["count"]);
  expect(spokenValue("7100", true)).toBe(7100);
  expect(spokenValue("2024", false)).toBe("2024");
  expect(spokenValue("00123", false)).toBe("00123");
});

test("a group named 2024 isn't formatted as a number", () => {
  expect(t("finding-group_empty", { group: "2024" })).toContain("2024");
});

test.each(["America/Los_Angeles", "UTC", "Pacific/Kiritimati"])(
  "a date is written out as the same day in %s",
  async (zone) => {
    vi.stubEnv("TZ", zone);
    vi.resetModules();
    const { spokenValue } = await import("./params");
    expect(spokenValue("2031-11-02", false)).toBe("November 2, 2031");
  },
);

test("only a time is converted to the local time zone", async () => {
  vi.stubEnv("TZ", "Pacific/Kiritimati");
  vi.resetModules();
  const { spokenValue } = await import("./params");
  expect(spokenValue("2031-11-02T14:32:00Z", false)).toBe("November 3, 2031, 04:32");
  expect(spokenValue("2031-11-02 or later", false)).toBe("2031-11-02 or later");
});
