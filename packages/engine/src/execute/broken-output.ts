import { formatPath, isNumberInDigits, type Json, type SchemaValidator } from '@weft/json-schema';
import type { Operation } from '@weft/connector-sdk';
import type { RunError } from '../journal.ts';
import { named, part, say } from '../sentences.en.ts';

/** Why an output is not what the operation declares; only one that declares its output can break its word. */
export function brokenOutput(
  validator: SchemaValidator,
  { output: schema, outputSource, title }: Pick<Operation, 'output' | 'outputSource' | 'title'>,
  output: Json,
  stepKey: string,
): RunError | undefined {
  if (outputSource !== 'declared') return undefined;
  const first = validator.validate(schema, output).find((issue) => !isNumberInDigits(issue, schema, output));
  if (!first) return undefined;
  const where = first.path.length > 0 ? named(formatPath(first.path)) : part('run.output');
  return { kind: 'contract_violation', ...say('run.operation.contract', { operation: named(title), where, problem: first }), stepKey };
}
