import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

// The window's CSP knows neither inline code nor data: URIs, so nothing is inlined.
export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  clearScreen: false,
  // The catalogue of words lies outside this folder.
  server: { fs: { allow: [".", "../src-tauri/core/words"] } },
  build: {
    target: "safari18",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "happy-dom",
    css: true,
    include: ["src/**/*.test.ts"],
  },
});
