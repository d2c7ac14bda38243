import { MappingFault } from '../fault.ts';
import type { Value } from '../run.ts';
import { kindOf } from './read-argument.ts';

/**
 * Whether a condition holds. Null and missing count as false; nothing else is guessed.
 * @throws {MappingFault} for a text, a number, a list or an object: "false" in quotes would else be true.
 */
export function isTrue(value: Value): boolean {
  if (value === true) return true;
  if (value === false || value === null || value === undefined) return false;
  const advice = 'Compare it with something, or use To true or false.';
  throw new MappingFault('wrong_type', `A condition must be true or false, but this is ${kindOf(value)}. ${advice}`, [value]);
}
