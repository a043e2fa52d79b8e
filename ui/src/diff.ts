/** A text cut around the part in which it differs from another. */
export type Cut = { before: string; differs: string; after: string };

/** Cuts two texts around the one stretch in which they differ. */
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
