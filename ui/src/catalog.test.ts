import { describe, expect, it } from "vitest";

import { runs } from "./markup";
import { has, t } from "./words";

const sources = import.meta.glob<string>(
  ["./**/*.{svelte,ts}", "!./**/*.test.ts", "!./testing/**", "!./bindings.ts"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);
const catalogs = import.meta.glob<string>("../../src-tauri/crates/messages/en/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Patterns that find literal message keys: `t("key"`, `id="key"`, `lead="key"`, and similar. */
const WRITTEN = [
  /\bt\("([a-z][\w.-]*)"/g,
  /<(?:Words|Note|Opt|Declared|Banner)\s[^>]*?\bid="([a-z][\w.-]*)"/g,
  /\b(?:lead|work|hint|detail)="([a-z][\w.-]*)"/g,
];

describe("the message catalog", () => {
  it("has every key used in the UI", () => {
    const asked = Object.entries(sources).flatMap(([file, text]) =>
      WRITTEN.flatMap((written) =>
        [...text.matchAll(written)].map((match) => ({ file, key: match[1] ?? "" })),
      ),
    );
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter(({ key }) => !has(key))).toEqual([]);
  });

  it("defines each key once", () => {
    const keys = Object.values(catalogs).flatMap((text) =>
      [...text.matchAll(/^([a-z][\w-]*) =/gm)].map((match) => match[1]),
    );
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it("selects plurals from counts that arrive as text", () => {
    expect(t("status-warning", { count: "1" })).toBe("1 warning");
    expect(t("status-warning", { count: "3" })).toBe("3 warnings");
  });

  it("leaves account IDs unformatted", () => {
    expect(t("rail-account", { account: "123456789012" })).toBe("AWS 123456789012");
  });

  it("shows the key when a message is missing", () => {
    expect(t("no-such-key")).toBe("no-such-key");
  });
});

describe("markup", () => {
  it("parses bold text in messages", () => {
    expect(runs("rel-to", { side: "AWS", what: "Display name" })).toEqual([
      { tag: null, text: "to " },
      { tag: "b", text: "AWS" },
      { tag: null, text: " › Display name" },
    ]);
  });

  it("treats markup in a variable as text", () => {
    expect(runs("rel-to", { side: "</b><b>x", what: "<kbd>y</kbd>" })).toEqual([
      { tag: null, text: "to " },
      { tag: "b", text: "</b><b>x" },
      { tag: null, text: " › <kbd>y</kbd>" },
    ]);
  });
});
