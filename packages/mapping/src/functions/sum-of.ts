import type { Json } from '@weft/json-schema';
import { add } from './decimal.ts';
import type { Numeric } from './define-function.ts';
import { readNumber } from './read-argument.ts';

/** The sum of what is not null. */
export function sumOf(list: readonly Json[]): Numeric {
  let sum: Numeric = 0;
  for (const item of list) if (item !== null) sum = add(sum, readNumber(item));
  return sum;
}
