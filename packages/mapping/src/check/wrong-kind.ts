import { isAnything } from '@weft/json-schema';
import type { Said } from '@weft/sentences';
import type { Expression } from '../expressions.ts';
import { isConstant } from '../expressions/constant.ts';
import type { ExpressionType } from '../expressions/expression-kind.ts';
import type { FunctionParameter, ValueKind } from '../functions/index.ts';
import { say } from '../sentences.en.ts';
import { kindsOf } from './schema-kinds.ts';

const accepted: Readonly<Record<ValueKind, readonly string[] | undefined>> = {
  text: ['string', 'number', 'integer', 'boolean'],
  number: ['number', 'integer', 'string'],
  boolean: ['boolean'],
  date: ['string'],
  list: ['array'],
  any: undefined,
  table: undefined,
};

/** Why an argument of this type surely does not fit its parameter; undefined where it may. */
export function wrongKind(parameter: FunctionParameter, arg: Expression, { schema }: ExpressionType): Said | undefined {
  if (isConstant(arg) && parameter.choices && typeof arg.const === 'string' && !parameter.choices.includes(arg.const)) {
    return say('mapping.input.choice', { choices: parameter.choices.join(', ') });
  }
  const kinds = isAnything(schema) ? undefined : kindsOf(schema)?.filter((kind) => kind !== 'null');
  const fitting = accepted[parameter.type];
  if (!fitting || !kinds || kinds.length === 0 || kinds.some((kind) => fitting.includes(kind))) return undefined;
  const kind = say(`mapping.wanted.${parameter.type}`);
  return say(kinds[0] === 'array' ? 'mapping.input.kindOfList' : 'mapping.input.kind', { kind });
}
