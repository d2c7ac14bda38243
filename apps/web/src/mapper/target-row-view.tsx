import type { Json } from '@weft/json-schema';
import { CircleAlert, Plus, Repeat, TriangleAlert, X } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { previewOf } from '../data-view/data-rows.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { cx } from '../ui/index.ts';
import { ExpressionScopeContext } from './expression/expression-scope.ts';
import { ExpressionView } from './expression/expression-view.tsx';
import { useMapperContext } from './mapper-context.ts';
import { shownValue } from './mapper-model.ts';
import { useMapper } from './mapper-state.ts';
import { each, type LoopScope } from './rules/places.ts';
import { KindIcon } from './tree/kind-icon.tsx';
import { RowToggle } from './tree/row-toggle.tsx';
import type { TargetRow } from './tree/target-tree.ts';
import './words.ts';

export const targetRowHeight = 34;

interface TargetRowViewProps {
  id: string;
  row: TargetRow;
  top: number;
  active: boolean;
  selected: boolean;
  onSelect: () => void;
  onToggle: () => void;
  onDrop: () => void;
  onClear: () => void;
  onHover: (over: boolean) => void;
}

/** One field of the "to" side: what it is, what fills it, and the value that gives on the sample. */
export function TargetRowView({ id, row, top, active, selected, onSelect, onToggle, onDrop, onClear, onHover }: TargetRowViewProps) {
  const { t } = useTranslation('mapper');
  const { findings, problemsAt, itemAt, model } = useMapperContext();
  const dragging = useMapper((state) => state.source !== null);
  const [over, setOver] = useState(false);
  const { placed } = row;
  const loops = placed?.loops ?? [];
  const found = placed && findings.rules[placed.rule.id];
  const isItem = row.place.at(-1) === each;
  const isConstant = placed?.rule.value !== undefined && 'const' in placed.rule.value && !placed.rule.forEach;
  const value = placed && !placed.rule.rules && !isConstant
    ? firstOf(shownValue(found, loops, itemAt), isItem && placed.rule.forEach !== undefined)
    : undefined;
  const problems = problemsAt(row.key);
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  const missing = row.required && !placed && !row.partly && row.known && row.kind !== 'object';
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={row.expandable ? row.open : undefined}
      aria-selected={selected}
      onClick={onSelect}
      onMouseEnter={() => onHover(true)}
      onMouseLeave={() => onHover(false)}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'link';
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
      style={{ transform: `translateY(${top}px)`, height: targetRowHeight }}
      className={cx(
        'group absolute top-0 left-0 grid w-full grid-cols-[minmax(8.5rem,32%)_minmax(0,1fr)_minmax(0,24%)_1.5rem] items-center gap-2 border-b border-line pr-1 text-sm select-none',
        selected ? 'bg-accent-soft' : active ? 'bg-pressed' : 'hover:bg-hover',
        over && 'outline-2 -outline-offset-2 outline-accent',
      )}
    >
      <span className="flex min-w-0 items-center gap-1.5" style={{ paddingLeft: 4 + row.depth * 14 }}>
        <RowToggle row={row} onToggle={onToggle} />
        <KindIcon kind={row.kind} format={row.format} />
        <span
          className={cx('one-line', !row.known && 'text-danger-text line-through')}
          title={[row.title, row.description].filter(Boolean).join(' – ') || row.name}
        >
          {row.place.length === 0 ? t('wholeResult') : row.name === each ? t('eachItem') : row.name || <i className="text-subtle">{t('unnamedField')}</i>}
        </span>
        {row.required && (
          <span className="text-danger-text" title={t('required')}>
            *<span className="sr-only">{t('required')}</span>
          </span>
        )}
      </span>
      <span className="flex min-w-0 items-center gap-1 overflow-hidden">
        {(loops.length > 0 || isItem) && (
          <LoopMark loops={isItem && placed?.rule.forEach ? [...loops, { ruleId: placed.rule.id, place: placed.place, loop: placed.rule.forEach }] : loops} />
        )}
        {placed?.rule.forEach && isItem && placed.rule.value ? (
          <ScopedView loops={[...loops, { ruleId: placed.rule.id, place: placed.place, loop: placed.rule.forEach }]} expression={placed.rule.value} />
        ) : placed?.rule.forEach ? (
          <span className="inline-flex min-w-0 items-center gap-1 text-xs">
            <Repeat aria-hidden="true" className="size-3.5 shrink-0 text-accent-text" />
            <span className="shrink-0 text-muted">{t('forEachOf')}</span>
            <ScopedView loops={loops} expression={placed.rule.forEach.in} />
          </span>
        ) : placed?.rule.value ? (
          <ScopedView loops={loops} expression={placed.rule.value} />
        ) : (
          <span className={cx(
            'inline-flex items-center gap-1 text-xs',
            missing ? 'text-danger-text' : 'text-subtle',
            !missing && !dragging && 'opacity-0 group-hover:opacity-100',
          )}>
            <Plus aria-hidden="true" className="size-3.5" />
            {dragging ? t('dropHere') : missing ? t('needsValue') : row.partly ? '' : t('addValue')}
          </span>
        )}
        {placed && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t('clearField', { name: row.name })}
            onClick={(event) => {
              event.stopPropagation();
              onClear();
            }}
            className="ml-auto hidden size-5 shrink-0 items-center justify-center rounded-sm text-subtle group-hover:inline-flex hover:bg-pressed hover:text-fg"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        )}
      </span>
      <span className="one-line text-xs text-muted" title={value === undefined ? undefined : previewOf(value)}>
        {found?.error ? (
          <span className="text-danger-text">{sentenceOf(found.error)}</span>
        ) : value === undefined ? (
          placed?.rule.forEach && placed.rule.rules && Array.isArray(found?.values[0])
            ? t('items', { count: found.values[0].length })
            : placed && !placed.rule.rules && !isConstant && model.sources.length > 0
            ? <i className="text-subtle">{t('noValue')}</i>
            : ''
        ) : value === '' ? (
          <i className="text-subtle">{t('emptyText')}</i>
        ) : (
          previewOf(value, 120)
        )}
      </span>
      <span className="flex justify-center">
        {worst && (
          <span title={problems.map(sentenceOf).join('\n')}>
            {worst.severity === 'error'
              ? <CircleAlert aria-hidden="true" className="size-4 text-danger" />
              : <TriangleAlert aria-hidden="true" className="size-4 text-warn" />}
            <span className="sr-only">{problems.map(sentenceOf).join(' ')}</span>
          </span>
        )}
      </span>
    </div>
  );
}

/** A list of plain values is previewed as a whole at the list, and by its first item below. */
const firstOf = (value: Json | undefined, item: boolean): Json | undefined => (item && Array.isArray(value) ? value[0] : value);

/** The lines of the loops a field is inside: they go on from row to row beside all that is repeated. */
function LoopMark({ loops }: { loops: readonly LoopScope[] }) {
  const { t } = useTranslation('mapper');
  const names = loops.map(({ loop }) => loop.as).join(' › ');
  return (
    <span title={t('insideLoop', { name: names })} style={{ height: targetRowHeight }} className="inline-flex shrink-0 gap-1 pr-1">
      {loops.map(({ ruleId }) => (
        <span key={ruleId} aria-hidden="true" className="w-0.5 bg-accent" />
      ))}
      <span className="sr-only">{t('insideLoop', { name: names })}</span>
    </span>
  );
}

function ScopedView({ loops, expression }: { loops: readonly LoopScope[]; expression: Parameters<typeof ExpressionView>[0]['expression'] }) {
  const { model } = useMapperContext();
  return (
    <ExpressionScopeContext value={{ sources: model.sources, values: model.values, loops, tables: [] }}>
      <ExpressionView expression={expression} />
    </ExpressionScopeContext>
  );
}
