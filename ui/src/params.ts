import { moment } from "./time";

const NUMBER = /^\d{1,9}$/;
const CHOSEN_BY_NUMBER = /\{ \$(\w+) ->\s*\[(?:one|\d+)\]/g;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** The variables by whose number a message chooses: counts. Every other variable is text, such as a group "2024". */
export function counts(texts: Iterable<string>): ReadonlySet<string> {
  return new Set(
    [...texts].flatMap((text) =>
      [...text.matchAll(CHOSEN_BY_NUMBER)].map((found) => found[1] ?? ""),
    ),
  );
}

/**
 * A variable of the core as it is spoken: counts as numbers, so that the catalogue can choose
 * between one and many; times in the person's own zone; everything else as it is.
 */
export function spokenValue(value: string, isCount: boolean): string | number {
  if (isCount && NUMBER.test(value)) return Number(value);
  return TIME.test(value) ? moment(value) : value;
}
