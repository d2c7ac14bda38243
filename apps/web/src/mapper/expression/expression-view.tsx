import type { Expression } from '@weft/mapping';
import { CornerDownRight, List, Repeat, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../ui/index.ts';
import { isPluck } from './new-expression.ts';
import { describeExpression } from './describe-expression.ts';
import { functionTitle } from './function-words.ts';
import { pathKey } from './tell-apart.ts';
import { useExpressionScope, wordsOf } from './expression-scope.ts';
import '../words.ts';

/** An expression as chips in one line: fields, fixed values and functions can be told apart at a glance; the title says all. */
export function ExpressionView({ expression }: { expression: Expression }) {
  const { t } = useTranslation('mapper');
  const scope = useExpressionScope();
  if ('path' in expression) return <PathChip path={expression.path} />;
  if ('const' in expression) return <ConstantChip value={expression.const} />;
  if (isPluck(expression)) {
    const [list, field] = expression.args;
    return <PathChip path={[...list.path, field.const]} everyItem />;
  }
  if ('fn' in expression) {
    if (expression.fn === 'concat') {
      return (
        <span className="inline-flex min-w-0 items-center gap-0.5">
          {expression.args.map((argument, index) => (
            // The position is an argument's identity.
            // oxlint-disable-next-line react/no-array-index-key
            <ExpressionView key={index} expression={argument} />
          ))}
        </span>
      );
    }
    return (
      <span className={cx(chip, 'overflow-hidden border-line bg-sunken text-fg')} title={describeExpression(expression, scope)}>
        <span className="shrink-0 font-medium">{functionTitle(expression.fn)}</span>
        {expression.args[0] && <ExpressionView expression={expression.args[0]} />}
        {expression.args.length === 2 && expression.args[1] && !('fn' in expression.args[1]) && !('if' in expression.args[1]) && (
          <ExpressionView expression={expression.args[1]} />
        )}
        {expression.args.length > 2 && <span className="shrink-0 text-subtle">…</span>}
      </span>
    );
  }
  if ('if' in expression) {
    return (
      <span className={cx(chip, 'overflow-hidden border-line bg-sunken text-fg')} title={describeExpression(expression, scope)}>
        <span className="shrink-0 font-medium">{t('if')}</span>
        <ExpressionView expression={expression.if} />
        <span className="text-subtle">{t('then')}</span>
        <ExpressionView expression={expression.then} />
        {expression.else && (
          <>
            <span className="text-subtle">{t('else')}</span>
            <ExpressionView expression={expression.else} />
          </>
        )}
      </span>
    );
  }
  if ('index' in expression) return <span className={cx(chip, 'border-line bg-sunken')}>{t('positionOf', { name: expression.index })}</span>;
  return <span className={cx(chip, 'border-line bg-sunken')}>{t('tableNamed', { name: expression.table })}</span>;
}

export function PathChip({ path, everyItem = false }: { path: readonly string[]; everyItem?: boolean }) {
  const { t } = useTranslation('mapper');
  const scope = useExpressionScope();
  if (path.length === 0) return <span className={cx(chip, 'border-dashed border-line-strong text-subtle')}>{t('chooseField')}</span>;
  const words = wordsOf(everyItem ? [...path.slice(0, -1), '0', ...path.slice(-1)] : path, scope);
  const way = everyItem ? words.way.at(-2) : words.way.at(-1) === '0' ? t('firstItem') : words.way.at(-1);
  const whole = [words.source, ...words.way, words.name].join(' › ');
  const apart = scope.apart?.get(pathKey(path));
  const Icon = everyItem ? List : words.kind === 'loop' ? Repeat : CornerDownRight;
  return (
    <span
      className={cx(chip, words.found ? 'border-transparent bg-accent-soft text-accent-text' : 'border-danger bg-danger-soft text-danger-text')}
      title={words.found ? whole : t('goneField', { path: whole })}
    >
      {words.found ? <Icon aria-hidden="true" className="size-3 shrink-0" /> : <TriangleAlert aria-hidden="true" className="size-3 shrink-0" />}
      {apart !== undefined && <span className="one-line shrink-[99] text-muted">{apart} ›</span>}
      {way !== undefined && <span className="one-line shrink-[99] text-muted">{everyItem ? t('everyItemOf', { name: way }) : way} ›</span>}
      <span className="one-line font-medium">{path.length === 1 ? words.source : words.name}</span>
    </span>
  );
}

function ConstantChip({ value }: { value: unknown }) {
  const { t } = useTranslation('mapper');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '') return <span className="text-xs text-subtle italic">{t('emptyText')}</span>;
  return (
    <span className={cx('one-line text-xs whitespace-pre', typeof value === 'string' ? 'text-fg' : 'font-mono text-fg')} title={text}>
      {text}
    </span>
  );
}

const chip = 'inline-flex max-w-full min-w-0 items-center gap-1 rounded-sm border px-1.5 py-px text-xs whitespace-nowrap';
