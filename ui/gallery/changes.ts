import { flushSync } from "svelte";

/** What it costs to come from one view to another. */
export interface Change {
  /** Nodes of the page before. */
  nodes: number;
  /** Nodes put in. */
  added: number;
  /** Nodes taken out. */
  removed: number;
  /** Milliseconds of script until the page is as it will be. */
  script: number;
}

/** Counts what `change` does to the page. */
export function counted(change: () => void): Change {
  const nodes = size(document);
  const observer = new MutationObserver(() => {});
  observer.observe(document, { childList: true, subtree: true });
  const started = performance.now();
  change();
  flushSync();
  const script = performance.now() - started;
  let [added, removed] = [0, 0];
  for (const record of observer.takeRecords()) {
    added += sizes(record.addedNodes);
    removed += sizes(record.removedNodes);
  }
  observer.disconnect();
  return { nodes, added, removed, script };
}

const sizes = (nodes: NodeList) => [...nodes].reduce((sum, node) => sum + size(node), 0);

/** A node and everything below it. */
export function size(node: Node): number {
  const walker = document.createTreeWalker(node);
  let count = 1;
  while (walker.nextNode()) count += 1;
  return count;
}
