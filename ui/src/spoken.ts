import { moment } from "./time";
import type { Params } from "./words";

const NUMBER = /^\d{1,9}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * The core's variables as they are spoken: counts as numbers, so that the catalogue can choose
 * between one and many; times in the person's own zone. Ids are longer and stay text.
 */
export function spoken(params: Record<string, string>): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, spokenValue(value)]));
}

/** One variable as it is spoken. */
export function spokenValue(value: string): string | number {
  if (NUMBER.test(value)) return Number(value);
  return TIME.test(value) ? moment(value) : value;
}
