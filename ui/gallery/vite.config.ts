import { mergeConfig } from "vite";

import window from "../vite.config.ts";

// The gallery is built beside the window's own files, never among them.
export default mergeConfig(window, {
  build: {
    outDir: "dist-gallery",
    rolldownOptions: { input: "gallery.html" },
    // axe-core, which only an audit loads.
    chunkSizeWarningLimit: 700,
  },
});
