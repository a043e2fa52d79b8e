import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    modernAst: true,
    // In narrow windows, tables become lists (display: block) and lose their ARIA roles, so the roles are set
    // explicitly.
    warningFilter: (warning) => warning.code !== "a11y_no_redundant_roles",
  },
};
