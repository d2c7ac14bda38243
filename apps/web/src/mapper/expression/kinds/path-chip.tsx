import { CornerDownRight, List, Repeat, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/index.ts';
import { useExpressionScope, wordsOf } from '../expression-scope.ts';
import { pathKey } from '../tell-apart.ts';
import { chip } from './chip.ts';
import '../../words.ts';

interface PathChipProps {
  path: readonly string[];
  everyItem?: boolean;
  /** Part of the line in another chip. */
  inside?: boolean;
}

/** A field with what it stands in; a field that is not there any more says so. With `everyItem`, a field of each item of a list. */
export function PathChip({ path, everyItem = false, inside = false }: PathChipProps) {
  const { t } = useTranslation('mapper');
  const scope = useExpressionScope();
  if (path.length === 0) return <span className={cx(chip, 'border-dashed border-line-strong text-subtle')}>{t('chooseField')}</span>;
  const words = wordsOf(everyItem ? [...path.slice(0, -1), '0', ...path.slice(-1)] : path, scope);
  const way = everyItem ? words.way.at(-2) : words.way.at(-1) === '0' ? t('firstItem') : words.way.at(-1);
  const whole = [words.source, ...words.way, words.name].join(' › ');
  const apart = scope.apart?.get(pathKey(path));
  const Icon = everyItem ? List : words.kind === 'loop' ? Repeat : CornerDownRight;
  const name = path.length === 1 ? words.source : words.name;
  const colours = words.found ? 'border-transparent bg-accent-soft text-accent-text' : 'border-danger bg-danger-soft text-danger-text';
  const title = words.found ? whole : t('goneField', { path: whole });
  if (inside) {
    // The field alone, where that is enough to know it.
    const around = everyItem ? way && t('everyItemOf', { name: way }) : apart && way;
    const inLine = [apart, around, name].filter(Boolean).join(' › ');
    return (
      <span className={cx('rounded-sm border px-1 py-px font-medium', colours)} title={title}>
        {inLine}
      </span>
    );
  }
  return (
    <span className={cx(chip, colours)} title={title}>
      {words.found ? <Icon aria-hidden="true" className="size-3 shrink-0" /> : <TriangleAlert aria-hidden="true" className="size-3 shrink-0" />}
      {apart !== undefined && <span className="one-line shrink-[99] text-muted">{apart} ›</span>}
      {way !== undefined && <span className="one-line shrink-[99] text-muted">{everyItem ? t('everyItemOf', { name: way }) : way} ›</span>}
      <span className="one-line font-medium">{name}</span>
    </span>
  );
}
