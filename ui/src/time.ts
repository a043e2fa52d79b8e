/** Formats times and dates from the core in the local time zone. */
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const SECONDS = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const DATE = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "long", year: "numeric" });

/** Formats a time, such as `14:32`. */
export const clock = (at: string): string => CLOCK.format(new Date(at));

/** Formats a time with seconds, such as `14:31:07`. */
export const seconds = (at: string): string => SECONDS.format(new Date(at));

/** Formats a date, such as `November 12, 2031`. */
export const date = (at: string): string => DATE.format(new Date(at));

/** Formats a date and time, such as `November 12, 2026, 14:32`. */
export const moment = (at: string): string => `${date(at)}, ${clock(at)}`;

/**
 * Returns the number of whole days from the date of `at` until today. Negative if `at` is in the
 * future.
 */
export function daysAgo(at: string, now = new Date()): number {
  const midnight = (day: Date) => Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  return Math.round((midnight(now) - midnight(new Date(at))) / 86_400_000);
}
