import { MappingFault } from '../fault.ts';
import type { Value } from '../run.ts';
import { kindPart } from './read-argument.ts';
import { say } from '../sentences.en.ts';

/**
 * Whether a condition holds. Null and missing count as false; nothing else is guessed.
 * @throws {MappingFault} for a text, a number, a list or an object: "false" in quotes would else be true.
 */
export function isTrue(value: Value): boolean {
  if (value === true) return true;
  if (value === false || value === null || value === undefined) return false;
  throw new MappingFault('wrong_type', say('mapping.need.condition', { kind: kindPart(value) }), [value]);
}
