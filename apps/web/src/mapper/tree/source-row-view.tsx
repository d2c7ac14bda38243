import { Braces, Repeat } from 'lucide-react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { StepIcon } from '../../step-kinds/step-icon.tsx';
import { previewOf } from '../../data-view/data-rows.ts';
import { useEditor } from '../../editor/state/index.ts';
import { cx } from '../../ui/index.ts';
import { each } from '../rules/places.ts';
import { KindIcon } from './kind-icon.tsx';
import { RowToggle } from './row-toggle.tsx';
import type { SourceRow } from './source-tree.ts';
import '../words.ts';

export const sourceRowHeight = 30;

interface SourceRowViewProps {
  id: string;
  row: SourceRow;
  top: number;
  /** Where the keyboard is. */
  active: boolean;
  /** Chosen as the next line's beginning. */
  chosen?: boolean;
  /** Some rule reads it. */
  used?: boolean;
  onToggle: () => void;
  onPick: () => void;
  onDragStart?: (event: DragEvent<HTMLElement>) => void;
  onDragEnd?: () => void;
  onHover?: (over: boolean) => void;
  /** For a text that holds JSON: makes fields of it. */
  onReadJson?: () => void;
}

/** One field of the "from" side: type, name, and its value in the sample. The keyboard is the tree's. */
export function SourceRowView({ id, row, top, active, chosen, used, onToggle, onPick, onDragStart, onDragEnd, onHover, onReadJson }: SourceRowViewProps) {
  const { t } = useTranslation('mapper');
  const root = row.role !== 'field';
  const value = row.sample === undefined || row.kind === 'object' || row.kind === 'list' ? undefined : previewOf(row.sample, 80);
  const items = row.kind === 'list' && Array.isArray(row.sample) ? t('items', { count: row.sample.length }) : undefined;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={row.expandable ? row.open : undefined}
      aria-selected={chosen ?? active}
      draggable={onDragStart !== undefined}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onMouseEnter={onHover && (() => onHover(true))}
      onMouseLeave={onHover && (() => onHover(false))}
      onClick={onPick}
      onDoubleClick={row.expandable ? onToggle : undefined}
      style={{ transform: `translateY(${top}px)`, height: sourceRowHeight, paddingLeft: 6 + row.depth * 14 }}
      className={cx(
        'absolute top-0 left-0 flex w-full items-center gap-1.5 pr-2 text-sm select-none',
        onDragStart ? 'cursor-grab' : 'cursor-default',
        chosen ? 'bg-accent-soft' : active ? 'bg-pressed' : 'hover:bg-hover',
        root && 'font-medium',
      )}
    >
      <RowToggle row={row} onToggle={onToggle} />
      {root ? (
        <SourceIcon id={row.place[0] ?? ''} />
      ) : (
        <KindIcon kind={row.kind} />
      )}
      <span className={cx('one-line shrink-0 max-w-[65%]', row.optional && !root && 'text-muted')} title={row.title ?? row.name}>
        {row.name === each ? t('eachItem') : row.name || <i className="text-subtle">{t('unnamedField')}</i>}
      </span>
      {row.optional && !root && <span className="sr-only">{t('optional')}</span>}
      {row.madeUp && (
        <span className="shrink-0 rounded-xs bg-pressed px-1 text-2xs font-normal text-muted" title={t('exampleHint')}>
          {t('example')}
        </span>
      )}
      {onReadJson && (
        <button
          type="button"
          tabIndex={-1}
          title={t('readJson.hint')}
          onClick={(event) => {
            event.stopPropagation();
            onReadJson();
          }}
          className="inline-flex h-5 shrink-0 items-center gap-1 rounded-xs border border-line px-1 text-2xs text-accent-text hover:bg-pressed"
        >
          <Braces aria-hidden="true" className="size-3" />
          {t('readJson.action')}
        </button>
      )}
      {items !== undefined && <span className="shrink-0 rounded-xs bg-pressed px-1 text-2xs text-muted">{items}</span>}
      {value !== undefined && (
        <span className="one-line ml-auto text-xs text-subtle" title={value}>
          {value}
        </span>
      )}
      {used && <span aria-hidden="true" className={cx('size-1.5 shrink-0 rounded-full bg-accent', value === undefined && 'ml-auto')} />}
    </div>
  );
}

/** The step a source comes from; a loop's item is no step. */
function SourceIcon({ id }: { id: string }) {
  const step = useEditor((state) => state.document.steps[id]);
  return <span className="inline-flex shrink-0 text-subtle">{step ? <StepIcon step={step} size={14} /> : <Repeat aria-hidden="true" className="size-3.5" />}</span>;
}
