/**
 * Splits an address so that its end can be emphasized: the query, a path segment, or the end of a
 * token.
 */
export function split(value: string): { head: string; tail: string } {
  const end = /^https?:\/\/\S*?([^/?#]*|\?[^/]*)$/.exec(value)?.[1] ?? "";
  const tail = end.length > LONGEST ? end.slice(-8) : end;
  return { head: value.slice(0, value.length - tail.length), tail };
}

const LONGEST = 16;
