import { readFileSync } from "node:fs";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { packages } from "./packages.ts";

/** The app includes the fonts, so it includes their licenses too. */
const FONTS = ["inter", "noto-sans-mono", "noto-sans-sc"];
const licenses: Plugin = {
  name: "licenses-of-fonts",
  apply: "build",
  generateBundle() {
    for (const font of FONTS) {
      const source = readFileSync(`node_modules/@fontsource-variable/${font}/LICENSE`);
      this.emitFile({ type: "asset", fileName: `licenses/${font}.txt`, source });
    }
  },
};

// The window's CSP allows neither inline code nor data: URIs, so nothing is inlined.
export default defineConfig({
  plugins: [svelte(), svelteTesting(), licenses, packages()],
  clearScreen: false,
  // The message catalog is outside this folder.
  server: { fs: { allow: [".", "../src-tauri/crates/messages/en"] } },
  build: {
    // macOS 15 has Safari 18. `minimumSystemVersion` in tauri.conf.json must match.
    target: "safari18",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "happy-dom",
    css: true,
    include: ["src/**/*.test.ts"],
    // By default, one core stays free.
    maxWorkers: "100%",
  },
});
