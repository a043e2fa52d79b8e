/** Text that is split around the part that differs from another text. */
export type Cut = { before: string; differs: string; after: string };

/** Splits two texts around the part where they differ. */
export function cut(a: string, b: string): [Cut, Cut] {
  const [one, two] = [[...a], [...b]];
  const most = Math.min(one.length, two.length);
  let start = 0;
  while (start < most && one[start] === two[start]) start += 1;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === two[two.length - 1 - end]) end += 1;
  return [piece(one, start, end), piece(two, start, end)];
}

function piece(text: string[], start: number, end: number): Cut {
  const until = text.length - end;
  return {
    before: text.slice(0, start).join(""),
    differs: text.slice(start, until).join(""),
    after: text.slice(until).join(""),
  };
}

/** The maximum length. Longer texts are shortened, but all addresses and IDs are shorter. */
const LONGEST = 300;
/** The number of characters to keep of each part of a shortened text. */
const EXCERPT = 60;

/**
 * Shortens a long text to the area around its difference. If there is no difference, keeps the
 * beginning.
 */
export function excerpt({ before, differs, after }: Cut): Cut {
  if (before.length + differs.length + after.length <= LONGEST) return { before, differs, after };
  const start = (text: string) =>
    text.length > EXCERPT ? `${[...text].slice(0, EXCERPT).join("")}…` : text;
  const end = (text: string) =>
    text.length > EXCERPT ? `…${[...text].slice(-EXCERPT).join("")}` : text;
  const isWhole = differs === "" && after === "";
  return {
    before: isWhole ? start(before) : end(before),
    differs: start(differs),
    after: start(after),
  };
}
