import type { Expression, Expressions } from '@weft/mapping';
import { describeExpression } from '../describe-expression.ts';
import { useExpressionScope } from '../expression-scope.ts';
import { functionTitle } from '../function-words.ts';
import { chipAround } from './chip.ts';
import type { ChipProps, KindView } from './kind-view.ts';
import { PathChip } from './path-chip.tsx';

type Call = Expressions['fn'];

/** One field of each item of a list: what choosing a field inside a list gives. It reads like a field. */
export const isPluck = (expression: Expression): expression is { fn: 'pluck'; args: [{ path: string[] }, { const: string }] } => {
  if (!('fn' in expression) || expression.fn !== 'pluck') return false;
  const [list, field] = expression.args;
  return list !== undefined && 'path' in list && field !== undefined && 'const' in field && typeof field.const === 'string';
};

export const call: KindView<Call> = {
  choice: (expression) => (isPluck(expression) ? 'field' : expression.fn === 'concat' ? 'text' : 'function'),
  Chip: CallChip,
  firstPath: ({ args }, inner) => args.map(inner).find((path) => path !== undefined),
  wrapped: ({ args }) => args[0],
};

function CallChip({ expression, inside, Part }: ChipProps<Call>) {
  const scope = useExpressionScope();
  if (isPluck(expression)) {
    const [list, field] = expression.args;
    return <PathChip path={[...list.path, field.const]} everyItem inside={inside} />;
  }
  const isText = expression.fn === 'concat';
  const line = inside ? '' : 'inline-block max-w-full min-w-0 truncate align-middle';
  const parts = expression.args.map((argument, index) => (
    // The position is an argument's identity.
    // oxlint-disable-next-line react/no-array-index-key
    <Part key={index} expression={argument} />
  ));
  return (
    <span className={isText ? line : chipAround(inside)} title={describeExpression(expression, scope)}>
      {!isText && <span className="font-medium">{functionTitle(expression.fn)}</span>}
      {parts}
    </span>
  );
}
