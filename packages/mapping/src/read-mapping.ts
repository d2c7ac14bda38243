import { isObject } from '@weft/json-schema';
import {
  jsonObject, keep, list, may, measure, must, name, object, oneOf, record, refuse, text, yesNo, type Read, type ReadIssue,
} from '@weft/json-schema/read';
import type { Loop, MappingDocument, Rule } from './document.ts';
import { readPath } from './expressions/path.ts';
import { expressionKinds, kindOfExpression, type Expression } from './expressions.ts';
import { say } from './sentences.en.ts';

const maxExpressionDepth = 64;
/** Enough for any text a person writes; larger values are data and belong in a file or a table. */
const expressionLimits = { maxBytes: 256 * 1024, maxDepth: Number.POSITIVE_INFINITY, advice: say('mapping.read.largeData') };

/** An expression from foreign JSON that `measure` has been through; whether it makes sense is `checkExpression`'s to say. */
export const readExpression: Read<Expression> = (value, at, issues) => {
  const found = measure(value, expressionLimits);
  if (found?.keyword === 'size') keep(value, issues, at, 'size', { message: found.message, sentence: found.sentence });
  return readAtDepth(value, at, issues, 1);
};

/** Recursion is safe: `measure` has refused what is nested deeper than a flow may be. */
function readAtDepth(value: unknown, at: string[], issues: ReadIssue[], depth: number): Expression | undefined {
  if (depth === maxExpressionDepth + 1) keep(value, issues, at, 'depth', say('mapping.read.depth', { limit: maxExpressionDepth }));
  if (!isObject(value)) return refuse(issues, at, 'type', say('mapping.read.expression'));
  const kind = kindOfExpression(value);
  if (!kind) return refuse(issues, at, 'type', say('mapping.read.kind', { kinds: Object.keys(expressionKinds).join(', ') }));
  return object(kind.shape((part, place, found) => readAtDepth(part, place, found, depth + 1)))(value, at, issues);
}

const loop: Read<Loop> = object<Loop>({
  in: must(readExpression),
  as: must(name),
  where: may(readExpression),
  wrap: may(yesNo),
});

const rule: Read<Rule> = (value, at, issues) => readRule(value, at, issues);

const readRule: Read<Rule> = object<Rule>({
  id: must(name),
  // A field that cannot be filled, such as `__proto__`, is said by `checkMapping`; `compileMapping` refuses it.
  to: must(readPath),
  label: may(text(500)),
  when: may(readExpression),
  value: may(readExpression),
  forEach: may(loop),
  rules: may(list(rule, 5_000)),
  onNull: may(oneOf('keep', 'omit')),
});

/** A mapping from foreign JSON that `measure` has been through; whether it makes sense is `checkMapping`'s to say. */
export const readMapping: Read<MappingDocument> = object<MappingDocument>({
  format: must(oneOf('weft.mapping/1')),
  options: may(
    object<NonNullable<MappingDocument['options']>>({
      onError: may(oneOf('failRecord', 'skipField', 'failRun')),
      timezone: may(text(100)),
    }),
  ),
  tables: may(record(jsonObject, 1_000)),
  rules: must(list(rule, 5_000)),
});
