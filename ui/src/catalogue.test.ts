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
const catalogues = import.meta.glob<string>("../../src-tauri/crates/messages/en/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Keys written out in full: `t("key"`, `id="key"` of the components that take one, `lead="key"` and the like. */
const WRITTEN = [
  /\bt\("([a-z][\w.-]*)"/g,
  /<(?:Words|Note|Opt|Declared|Banner)\s[^>]*?\bid="([a-z][\w.-]*)"/g,
  /\b(?:lead|work|hint|detail)="([a-z][\w.-]*)"/g,
];

describe("the catalogue", () => {
  it("has every key the window writes out", () => {
    const asked = Object.entries(sources).flatMap(([file, text]) =>
      WRITTEN.flatMap((written) =>
        [...text.matchAll(written)].map((match) => ({ file, key: match[1] ?? "" })),
      ),
    );
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter(({ key }) => !has(key))).toEqual([]);
  });

  it("has no key twice", () => {
    const keys = Object.values(catalogues).flatMap((text) =>
      [...text.matchAll(/^([a-z][\w-]*) =/gm)].map((match) => match[1]),
    );
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it("chooses plurals by the core's counts, which arrive as text", () => {
    expect(t("status-warning", { count: "1" })).toBe("1 warning");
    expect(t("status-warning", { count: "3" })).toBe("3 warnings");
  });

  it("leaves account ids as they are", () => {
    expect(t("rail-account", { account: "123456789012" })).toBe("AWS 123456789012");
  });

  it("shows the key where words are missing", () => {
    expect(t("no-such-key")).toBe("no-such-key");
  });
});

describe("markup", () => {
  it("tells bold parts of the catalogue apart", () => {
    expect(runs("rel-to", { side: "AWS", what: "Display name" })).toEqual([
      { tag: null, text: "copy to " },
      { tag: "b", text: "AWS" },
      { tag: null, text: " › Display name" },
    ]);
  });

  it("takes markup in a variable for text", () => {
    expect(runs("rel-to", { side: "</b><b>x", what: "<kbd>y</kbd>" })).toEqual([
      { tag: null, text: "copy to " },
      { tag: "b", text: "</b><b>x" },
      { tag: null, text: " › <kbd>y</kbd>" },
    ]);
  });
});
