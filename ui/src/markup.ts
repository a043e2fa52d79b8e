import { t, type Params } from "./words";

/** A run of text in one dress. */
export type Run = { tag: "b" | "kbd" | "code" | null; text: string };

const TAG = /<(b|kbd|code)>(.*?)<\/\1>/gs;
// Stand in for angle brackets of a variable, so that only the catalogue can mark up.
const OPEN = "\uE000";
const CLOSE = "\uE001";

/** The words under a key with the catalogue's `<b>`, `<kbd>` and `<code>` told apart; not nested. */
export function runs(key: string, params: Params = {}): Run[] {
  const text = t(key, Object.fromEntries(Object.entries(params).map(([k, v]) => [k, shield(v)])));
  const found: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(TAG)) {
    if (match.index > from) found.push({ tag: null, text: bare(text.slice(from, match.index)) });
    found.push({ tag: match[1] as Run["tag"], text: bare(match[2] ?? "") });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ tag: null, text: bare(text.slice(from)) });
  return found;
}

function shield(value: Params[string]): Params[string] {
  return typeof value === "string" ? value.replaceAll("<", OPEN).replaceAll(">", CLOSE) : value;
}

function bare(text: string): string {
  return text.replaceAll(OPEN, "<").replaceAll(CLOSE, ">");
}
