import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '../ui/index.ts';
import type { DataKind, DataRow } from './data-rows.ts';
import './words.ts';

interface DataTreeRowProps {
  id: string;
  row: DataRow;
  /** The schema's title of the field. */
  title: string | undefined;
  top: number;
  height: number;
  selected: boolean;
  onSelect: () => void;
  onToggle: () => void;
}

/** Its keyboard is the tree's: the row only takes the mouse. */
export function DataTreeRow({ id, row, title, top, height, selected, onSelect, onToggle }: DataTreeRowProps) {
  const { t } = useTranslation('data-view');
  const container = row.kind === 'object' || row.kind === 'list';
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={container && row.size > 0 ? row.open : undefined}
      aria-selected={selected}
      onClick={() => {
        onSelect();
        if (container && row.size > 0) onToggle();
      }}
      style={{ transform: `translateY(${top}px)`, height, paddingLeft: 8 + row.depth * 14 }}
      className={cx('absolute top-0 left-0 flex w-full items-center gap-1.5 pr-3 text-xs select-none', selected ? 'bg-accent-soft' : 'hover:bg-hover')}
    >
      <ChevronRight
        aria-hidden="true"
        className={cx('size-3.5 shrink-0 text-subtle transition-transform duration-100', row.open && 'rotate-90', !(container && row.size > 0) && 'invisible')}
      />
      {row.name !== '' && (
        <span className={cx('shrink-0 font-medium', row.hit ? 'rounded-xs bg-warn-soft text-warn-text' : 'text-fg')} title={title}>
          {row.name}
        </span>
      )}
      {container && (
        <span className="shrink-0 rounded-xs bg-pressed px-1 text-2xs text-muted">
          {row.size === 0 ? t(row.kind === 'list' ? 'emptyList' : 'emptyObject') : t(row.kind === 'list' ? 'entries' : 'fields', { count: row.size })}
        </span>
      )}
      {(!container || !row.open) && (
        <span className={cx('one-line', container ? 'text-subtle' : looks[row.kind])} title={container ? undefined : row.preview}>
          {row.kind === 'text' && row.preview === '' ? <i className="text-subtle">{t('emptyText')}</i> : row.preview}
        </span>
      )}
    </div>
  );
}

const looks: Record<DataKind, string> = {
  text: 'text-muted',
  number: 'text-accent-text',
  boolean: 'text-accent-text',
  null: 'text-subtle italic',
  object: '',
  list: '',
};
