import { date, moment } from "./time";

const NUMBER = /^\d{1,9}$/;
const CHOSEN_BY_NUMBER = /\{ \$(\w+) ->\s*\[(?:one|\d+)\]/g;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * The variables that select a plural form, which are counts. All other variables are text, such as
 * a group named "2024".
 */
export function counts(texts: Iterable<string>): ReadonlySet<string> {
  return new Set(
    [...texts].flatMap((text) =>
      [...text.matchAll(CHOSEN_BY_NUMBER)].map((found) => found[1] ?? ""),
    ),
  );
}

/**
 * Converts a variable from the core for display. Counts become numbers, so that messages can select
 * a plural form. Times are converted to the local time zone, and dates are written out. Other
 * values don't change.
 */
export function spokenValue(value: string, isCount: boolean): string | number {
  if (isCount && NUMBER.test(value)) return Number(value);
  if (DATE.test(value)) return date(`${value}T00:00`);
  return TIME.test(value) ? moment(value) : value;
}
