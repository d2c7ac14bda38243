import { isObject, type SchemaIssue } from '@weft/json-schema';
import type { Expression, Loop, MappingDocument, Rule } from '@weft/mapping';
import { measure } from './measure.ts';
import { isDangerousName, json, jsonObject, list, may, must, name, object, oneOf, record, refuse, text, yesNo, type Read } from './read.ts';

const maxExpressionDepth = 64;
/** A long text somebody wrote fits well; what is larger is data, and data belongs in a file or a table. */
const maxExpressionKb = 256;

const path: Read<string[]> = list(text(1_000), 64);

/** A target: no segment may reach a prototype. */
const target: Read<string[]> = (value, at, issues) => {
  const segments = path(value, at, issues);
  const dangerous = segments?.find(isDangerousName);
  return dangerous === undefined ? segments : refuse(issues, at, 'name', `cannot fill a field called "${dangerous}"`);
};

/** One of the forms of an expression, told apart by its key. */
export const expression: Read<Expression> = (value, at, issues) =>
  measure(value, { maxBytes: maxExpressionKb * 1024, maxDepth: Number.POSITIVE_INFINITY })?.keyword === 'size'
    ? refuse(issues, at, 'size', `is larger than ${maxExpressionKb} kB: keep large data in a file and read it with a step`)
    : readExpression(value, at, issues, 1);

function readExpression(value: unknown, at: string[], issues: SchemaIssue[], depth: number): Expression | undefined {
  if (depth > maxExpressionDepth) return refuse(issues, at, 'depth', `is nested deeper than ${maxExpressionDepth} levels`);
  if (!isObject(value)) return refuse(issues, at, 'type', 'must be an expression');
  const inner: Read<Expression> = (part, place, found) => readExpression(part, place, found, depth + 1);
  const read = <T extends Expression>(shape: Read<T>): T | undefined => shape(value, at, issues);
  if (Object.hasOwn(value, 'path')) return read(object<{ path: string[] }>({ path: must(path) }));
  if (Object.hasOwn(value, 'const')) return { const: json(value['const'], at, issues) ?? null };
  if (Object.hasOwn(value, 'fn')) {
    return read(object<{ fn: string; args: Expression[] }>({ fn: must(name), args: must(list(inner, 100)) }));
  }
  if (Object.hasOwn(value, 'if')) {
    return read(
      object<{ if: Expression; then: Expression; else?: Expression }>({
        if: must(inner),
        then: must(inner),
        else: may(inner),
      }),
    );
  }
  if (Object.hasOwn(value, 'index')) return read(object<{ index: string }>({ index: must(name) }));
  if (Object.hasOwn(value, 'table')) return read(object<{ table: string }>({ table: must(name) }));
  return refuse(issues, at, 'type', 'must have one of path, const, fn, if, index, table');
}

const loop: Read<Loop> = object<Loop>({
  in: must(expression),
  as: must(name),
  where: may(expression),
  wrap: may(yesNo),
});

const rule: Read<Rule> = (value, at, issues) => readRule(value, at, issues);

const readRule: Read<Rule> = object<Rule>({
  id: must(name),
  to: must(target),
  label: may(text(500)),
  when: may(expression),
  value: may(expression),
  forEach: may(loop),
  rules: may(list(rule, 5_000)),
  onNull: may(oneOf('keep', 'omit')),
});

/** A mapping document; what makes it sensible is `checkMapping`'s to say. */
export const mapping: Read<MappingDocument> = object<MappingDocument>({
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
