import { readFileSync } from "node:fs";

import type { Plugin } from "vite";

/** Writes the list of packages that the UI includes. The shell's build script reads it for the About box. */
export function packages(): Plugin {
  return {
    name: "packages",
    generateBundle(_, bundle) {
      const taken = Object.values(bundle).flatMap((file) => {
        if (file.type === "asset") return file.originalFileNames;
        return Object.entries(file.modules)
          .filter(([, module]) => module.renderedLength > 0)
          .map(([id]) => id);
      });
      const folders = taken.flatMap(
        (file) =>
          /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll("\\", "/"))?.[0] ?? [],
      );
      const found = [...new Set(folders)].sort().map((folder) => {
        const { name, version, license } = JSON.parse(
          readFileSync(`${folder}/package.json`, "utf8"),
        ) as Record<string, string>;
        return { name, version, license };
      });
      this.emitFile({
        type: "asset",
        fileName: "packages.json",
        source: JSON.stringify(found, null, 1),
      });
    },
  };
}
