import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    modernAst: true,
    // Tables become lists in narrow windows (display: block), which takes their roles away; so they are given.
    warningFilter: (warning) => warning.code !== "a11y_no_redundant_roles",
  },
};
