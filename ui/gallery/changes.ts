import { flushSync } from "svelte";

/** The cost of changing from one view to another view. */
export interface Change {
  /** The number of DOM nodes before the change. */
  nodes: number;
  /** The number of DOM nodes that were added. */
  added: number;
  /** The number of DOM nodes that were removed. */
  removed: number;
  /** The time that scripts run until the page stops changing, in milliseconds. */
  script: number;
}

/** Measures the effect of `change` on the page. */
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

/** The number of nodes in a subtree, including its root. */
export function size(node: Node): number {
  const walker = document.createTreeWalker(node);
  let count = 1;
  while (walker.nextNode()) count += 1;
  return count;
}
