import { mergeConfig } from "vite";

import window from "../vite.config.ts";

// The gallery is built into a separate folder from the app's own files.
export default mergeConfig(window, {
  build: {
    outDir: "dist-gallery",
    rolldownOptions: { input: "gallery.html" },
    // axe-core is larger than Vite's default size limit, but it's loaded only for an audit.
    chunkSizeWarningLimit: 700,
  },
});
