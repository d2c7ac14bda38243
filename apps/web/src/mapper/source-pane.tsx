import { Search } from 'lucide-react';
import { useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { VirtualTree } from '../data-view/virtual-tree.tsx';
import { useEditor } from '../editor/state/index.ts';
import { toast } from '../ui/index.ts';
import { chooseSource, hover, toggle, useMapper } from './mapper-state.ts';
import { useMapperContext } from './mapper-context.ts';
import { holdsJson, readJsonBefore } from './read-json.ts';
import { placeKey } from './rules/places.ts';
import { SourceRowView, sourceRowHeight } from './tree/source-row-view.tsx';
import type { SourceRow } from './tree/source-tree.ts';
import './words.ts';

interface SourcePaneProps {
  search: string;
  onSearch: (text: string) => void;
  /** Keys of the places that rules read. */
  used: ReadonlySet<string>;
  /** Where the list is scrolled to, for the lines. */
  onScroll: (top: number) => void;
  scroller: RefObject<HTMLDivElement | null>;
  /** A source was chosen by keyboard: go on at the targets. */
  onChosen: () => void;
}

/** The "from" side. Drag a field to the other side, or press Enter on it and then Enter on a target. */
export function SourcePane({ search, onSearch, used, onScroll, scroller, onChosen }: SourcePaneProps) {
  const { t } = useTranslation('mapper');
  const { stepId, sourceRows } = useMapperContext();
  const chosen = useMapper((state) => state.source);
  const [active, setActive] = useState<string>();
  const current = sourceRows.find((row) => row.key === active);
  const mayRead = (row: SourceRow): boolean => row.kind === 'text' && holdsJson(row.sample);
  const readJson = (row: SourceRow): void => {
    const made = readJsonBefore(useEditor.getState().document, stepId, row);
    if (made === undefined) toast.info(t('readJson.severalWays'));
    else setActive(placeKey([made]));
  };
  const keys: Record<string, (() => void) | undefined> = {
    ArrowRight: current?.expandable && !current.open ? () => toggle('toggledSources', current.key) : undefined,
    ArrowLeft: current?.open ? () => toggle('toggledSources', current.key) : undefined,
    Enter:
      current &&
      (() => {
        chooseSource(current);
        onChosen();
      }),
    j: current && mayRead(current) ? () => readJson(current) : undefined,
    Escape: chosen ? () => chooseSource(null) : undefined,
  };

  return (
    <section aria-label={t('from')} className="flex min-h-0 min-w-0 flex-col border-r border-line bg-surface">
      <PaneHead title={t('from')} hint={t('fromHint')} search={search} onSearch={onSearch} searchLabel={t('searchFrom')} />
      <VirtualTree
        label={t('from')}
        rows={sourceRows}
        rowHeight={sourceRowHeight}
        active={active}
        onMove={(row) => setActive(row.key)}
        keys={keys}
        onFocus={() => {
          if (!current) setActive(sourceRows[0]?.key);
        }}
        onScroll={onScroll}
        scroller={scroller}
        below={sourceRows.length === 0 && <p className="p-4 text-sm text-subtle">{search === '' ? t('noSources') : t('noFieldFound', { text: search })}</p>}
      >
        {(row, placed) => (
          <SourceRowView
            key={row.key}
            {...placed}
            row={row}
            chosen={row.key === chosen?.key}
            used={used.has(row.key)}
            onToggle={() => toggle('toggledSources', row.key)}
            onPick={() => {
              setActive(row.key);
              chooseSource(row.key === chosen?.key ? null : row);
            }}
            onHover={(over) => hover(over ? `from:${row.key}` : null)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'link';
              event.dataTransfer.setData('text/plain', row.place.join('.'));
              chooseSource(row, true);
            }}
            onDragEnd={() => chooseSource(null)}
            onReadJson={mayRead(row) ? () => readJson(row) : undefined}
          />
        )}
      </VirtualTree>
    </section>
  );
}

interface PaneHeadProps {
  title: string;
  hint: string;
  search: string;
  onSearch: (text: string) => void;
  searchLabel: string;
  /** Behind the search. */
  children?: ReactNode;
}

export function PaneHead({ title, hint, search, onSearch, searchLabel, children }: PaneHeadProps) {
  return (
    <div className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-3">
      <h3 className="shrink-0 text-sm font-semibold" title={hint}>
        {title}
      </h3>
      <label className="relative min-w-0 flex-1">
        <span className="sr-only">{searchLabel}</span>
        <Search aria-hidden="true" className="pointer-events-none absolute top-1.5 left-2 size-4 text-subtle" />
        <input
          type="search"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          placeholder={searchLabel}
          className="h-7 w-full min-w-0 rounded-md border border-line bg-transparent pr-1 pl-8 text-xs focus:border-accent"
        />
      </label>
      {children}
    </div>
  );
}
