import type { SchemaValidator } from '../validator.ts';
import { explain } from './explain.ts';

export { explain } from './explain.ts';

/**
 * The validator of the browser: it walks the schema instead of compiling it, so a page needs no `unsafe-eval`.
 * It decides like `createAjvValidator`; a differential property test holds the two together.
 */
export function createInterpretingValidator(): SchemaValidator {
  return { validate: explain };
}
