import { formatPath, isNumberInDigits, isObject, titledPath, withDefaults, type Json, type JsonObject, type SchemaValidator } from '@weft/json-schema';
import type { Operation } from '@weft/connector-sdk';
import type { Said } from '@weft/sentences';
import type { RunError } from '../journal.ts';
import { named, part, say } from '../sentences.en.ts';

/** What the mapping gave is not what the operation declares: it is not called. */
export class BadInput {
  readonly said: Said;
  /** In the input. */
  readonly path: readonly string[];
  /** As it would have been called with. */
  readonly input: Json;
  constructor(said: Said, path: readonly string[], input: Json) {
    this.said = said;
    this.path = path;
    this.input = input;
  }
}

/** @param under - where in the step the input is mapped. */
export const badInputError = ({ said, path }: BadInput, stepKey: string, under: readonly string[] = ['input']): RunError => ({
  kind: 'invalid_input',
  ...said,
  stepKey,
  path: [...under, ...path],
});

/**
 * What an operation is called with: what the mapping gave, with defaults, checked against what the operation declares.
 * @param hasDefaults - false where the declaration is known to have none. Default true.
 */
export function checkedInput(validator: SchemaValidator, { input: schema }: Pick<Operation, 'input'>, mapped: Json, hasDefaults = true): JsonObject | BadInput {
  const input = hasDefaults ? withDefaults(schema, mapped) : mapped;
  const refused = validator.validate(schema, input);
  // A number with more digits than a number keeps is held as its digits, and leaves as the number.
  const issues = refused.length === 0 ? refused : refused.filter((issue) => !isNumberInDigits(issue, schema, input));
  const [first] = issues;
  if (first) {
    const where = first.path.length > 0 ? named(formatPath(titledPath(schema, first.path))) : part('run.input');
    const wrong = { where, problem: first };
    return new BadInput(
      issues.length > 1 ? say('run.input.wrong.more', { ...wrong, others: issues.length - 1 }) : say('run.input.wrong', wrong),
      first.path,
      input,
    );
  }
  return isObject(input) ? input : new BadInput(say('run.input.noObject'), [], input);
}
