import type { Expression } from '@weft/mapping';
import { Search } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useVirtualRows } from '../../ui/use-virtual-rows.ts';
import { placeKey, readPlace } from '../rules/places.ts';
import { sourceRows, type SourceRow } from '../tree/source-tree.ts';
import { SourceRowView, sourceRowHeight } from '../tree/source-row-view.tsx';
import { useExpressionScope } from './expression-scope.ts';
import '../words.ts';

interface SourcePickerProps {
  /** The chosen field, as an expression at this place. */
  onPick: (expression: Expression, row: SourceRow) => void;
  /** Takes the focus when it opens. Default true. */
  focus?: boolean;
  className?: string;
}

/** Search and a tree of all that can be read here. Type to find, arrows to move, Enter takes. */
export function SourcePicker({ onPick, focus = true, className }: SourcePickerProps) {
  const { t } = useTranslation('mapper');
  const { sources, values, loops } = useExpressionScope();
  const scroller = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  /** Undefined: the first row that was found. */
  const [active, setActive] = useState<number>();
  const rows = useMemo(
    () =>
      sourceRows({
        sources,
        scope: values,
        // Never deferred: Enter right after typing takes what was typed.
        search,
        isOpen: ({ place, depth }) => (depth < 2 ? !closed.has(placeKey(place)) : opened.has(placeKey(place))),
      }),
    [sources, values, search, closed, opened],
  );
  const { items, height, virtual } = useVirtualRows(scroller, { count: rows.length, rowHeight: sourceRowHeight });
  const found = bestMatch(rows, search.trim().toLowerCase());
  const at = Math.min(active ?? Math.max(0, found), rows.length - 1);

  const toggle = (row: SourceRow): void => {
    const [set, put] = row.depth < 2 ? ([closed, setClosed] as const) : ([opened, setOpened] as const);
    const next = new Set(set);
    if (!next.delete(row.key)) next.add(row.key);
    put(next);
  };
  const pick = (row: SourceRow | undefined): void => {
    if (row) onPick(readPlace(row.place, loops), row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at];
    const move = (index: number): void => {
      const next = Math.max(0, Math.min(rows.length - 1, index));
      setActive(next);
      virtual.scrollToIndex(next);
    };
    const actions: Record<string, (() => void) | undefined> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Enter: () => pick(row),
      ArrowRight: row?.expandable && !row.open ? () => toggle(row) : undefined,
      ArrowLeft: row?.open ? () => toggle(row) : undefined,
    };
    const action = actions[event.key];
    if (!action || (search !== '' && event.key.startsWith('Arrow') && (event.key === 'ArrowLeft' || event.key === 'ArrowRight'))) return;
    event.preventDefault();
    action();
  };

  return (
    <div className={className ?? 'flex h-80 w-96 flex-col'}>
      <div className="relative shrink-0 border-b border-line focus-within:border-accent">
        <Search aria-hidden="true" className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-subtle" />
        <input
          // A pop-up that was opened to search takes the focus.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={focus}
          role="combobox"
          aria-expanded="true"
          aria-controls="source-picker-tree"
          aria-activedescendant={rows[at] ? `source-picker-${at}` : undefined}
          aria-label={t('searchFields')}
          placeholder={t('searchFields')}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setActive(undefined);
          }}
          onKeyDown={onKeyDown}
          className="h-9 w-full rounded-t-lg bg-transparent pr-2 pl-8 text-sm outline-none"
        />
      </div>
      <div ref={scroller} id="source-picker-tree" role="tree" aria-label={t('fields')} className="min-h-0 flex-1 overflow-auto py-1">
        <div style={{ height, position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <SourceRowView
                  key={row.key}
                  id={`source-picker-${item.index}`}
                  row={row}
                  top={item.start}
                  active={item.index === at}
                  onToggle={() => toggle(row)}
                  onPick={() => pick(row)}
                />
              )
            );
          })}
        </div>
        {rows.length === 0 && <p className="px-3 py-2 text-xs text-subtle">{search === '' ? t('noSources') : t('noFieldFound', { text: search })}</p>}
      </div>
    </div>
  );
}

/** Where Enter leads while one searches: a field of exactly this name, else the first whose name holds the text. */
function bestMatch(rows: readonly SourceRow[], text: string): number {
  if (text === '') return -1;
  const exact = rows.findIndex(({ role, name }) => role === 'field' && name.toLowerCase() === text);
  return exact >= 0 ? exact : rows.findIndex(({ role, name }) => role === 'field' && name.toLowerCase().includes(text));
}
