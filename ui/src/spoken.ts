import { moment } from "./time";

const NUMBER = /^\d{1,9}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * A variable of the core as it is spoken: counts as numbers, so that the catalogue can choose
 * between one and many; times in the person's own zone. Ids are longer and stay text.
 */
export function spokenValue(value: string): string | number {
  if (NUMBER.test(value)) return Number(value);
  return TIME.test(value) ? moment(value) : value;
}
