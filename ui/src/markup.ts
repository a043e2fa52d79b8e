import { unescapeBrackets, marked, type Params } from "./words";

/** A run of text with one kind of markup. The kind `label` is for labels from AWS or nOps pages. */
export type Run = { tag: "b" | "kbd" | "code" | "label" | null; text: string };

const TAG = /<(b|kbd|code|label)>(.*?)<\/\1>/gs;

/**
 * Splits a message into runs at its `<b>`, `<kbd>`, `<code>`, and `<label>` tags, which can't be
 * nested.
 */
export function runs(key: string, params: Params = {}): Run[] {
  const text = marked(key, params);
  const found: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(TAG)) {
    if (match.index > from)
      found.push({ tag: null, text: unescapeBrackets(text.slice(from, match.index)) });
    found.push({ tag: match[1] as Run["tag"], text: unescapeBrackets(match[2] ?? "") });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ tag: null, text: unescapeBrackets(text.slice(from)) });
  return found;
}
