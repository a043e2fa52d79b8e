import { mergeConfig } from "vite";

import window from "../vite.config.ts";

// The gallery is built separately from the app's own files.
export default mergeConfig(window, {
  build: {
    outDir: "dist-gallery",
    rolldownOptions: { input: "gallery.html" },
    // axe-core is larger than Vite's default limit, but only an audit loads it.
    chunkSizeWarningLimit: 700,
  },
});
