import { formatPath, schemaAt, valueAt, type Json, type JsonSchema } from '@weft/json-schema';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../ui/index.ts';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { clipboardText, copyText } from './copy-text.ts';
import { dataRows, entriesOf, openAtFirst, rowKey, searchData, sizeOf } from './data-rows.ts';
import { DataTreeRow } from './data-tree-row.tsx';
import { useVirtualRows } from './use-virtual-rows.ts';

interface DataTreeViewProps {
  value: Json;
  schema: JsonSchema | undefined;
  label: string;
  search: string;
}

const rowHeight = 24;
/** More would be a wait without a use. */
const openAllLimit = 20_000;

/** Arrows move and open, Home and End jump; what is selected can be copied, with its path, from the line below. */
export function DataTreeView({ value, schema, label, search }: DataTreeViewProps) {
  const { t } = useTranslation('data-view');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<{ of: Json; keys: Set<string> }>({ of: value, keys: openAtFirst(value) });
  const [selected, setSelected] = useState<string>();
  const keys = opened.of === value ? opened.keys : openAtFirst(value);
  const found = useMemo(() => searchData(value, search), [value, search]);
  const searching = search.trim() !== '';
  const rows = useMemo(() => {
    const all = dataRows(value, (path) => keys.has(rowKey(path)) || found.open.has(rowKey(path)), found.hits);
    return searching ? all.filter((row) => found.open.has(row.key) || row.hit || all.length < 2) : all;
  }, [value, keys, found, searching]);
  const at = rows.findIndex((row) => row.key === selected);
  const current = at >= 0 ? rows[at] : undefined;
  const { items, height, virtual } = useVirtualRows(scroller, { count: rows.length, rowHeight });

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);

  const setOpen = (key: string, open: boolean): void => {
    const next = new Set(keys);
    if (open) next.add(key);
    else next.delete(key);
    setOpened({ of: value, keys: next });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = current;
    const move = (index: number): void => setSelected(rows[Math.max(0, Math.min(rows.length - 1, index))]?.key);
    const actions: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      ArrowRight: () => (row && row.size > 0 && !row.open ? setOpen(row.key, true) : move(at + 1)),
      ArrowLeft: () => {
        if (row?.open && row.size > 0) setOpen(row.key, false);
        else if (row && row.path.length > 1) setSelected(rowKey(row.path.slice(0, -1)));
      },
      Enter: () => row && setOpen(row.key, !row.open),
      ' ': () => row && setOpen(row.key, !row.open),
    };
    const action = event.ctrlKey || event.metaKey ? undefined : actions[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && row && String(getSelection()) === '') {
      copyText(clipboardText(valueAt(value, row.path) ?? null), t);
      return;
    }
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <>
      {searching && (
        <output className="block border-b border-line px-3 py-1 text-xs text-subtle">
          {found.hits.size === 0 ? t('noHits', { text: search }) : found.more ? t('hitsMore', { count: found.hits.size }) : t('hits', { count: found.hits.size })}
        </output>
      )}
      <div
        ref={scroller}
        role="tree"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={current ? `${id}-${at}` : undefined}
        onKeyDown={onKeyDown}
        className="focus-inset min-h-0 flex-1 overflow-auto py-1"
      >
        <div style={{ height: height, position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <DataTreeRow
                  key={row.key}
                  id={`${id}-${item.index}`}
                  row={row}
                  title={schema ? schemaAt(schema, row.path)?.title : undefined}
                  top={item.start}
                  height={rowHeight}
                  selected={row.key === selected}
                  onSelect={() => setSelected(row.key)}
                  onToggle={() => setOpen(row.key, !row.open)}
                />
              )
            );
          })}
        </div>
        {rows.length === 0 && !searching && <p className="px-3 py-1 text-xs text-subtle">{Array.isArray(value) ? t('emptyList') : t('emptyObject')}</p>}
      </div>
      <div className="flex h-8 shrink-0 items-center gap-1 border-t border-line px-2">
        <span className="one-line flex-1 text-xs text-subtle" title={current ? formatPath(current.path) : undefined}>
          {current ? formatPath(current.path) : summary(value, t)}
        </span>
        {current && (
          <>
            <Button size="sm" variant="ghost" onClick={() => copyText(clipboardText(valueAt(value, current.path) ?? null), t)}>
              {t('copyValue')}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => copyText(current.path.join('.'), t)}>
              {t('copyPath')}
            </Button>
          </>
        )}
        <IconButton label={t('expandAll')} icon={<ChevronsUpDown />} onClick={() => setOpened({ of: value, keys: everything(value) })} />
        <IconButton label={t('collapseAll')} icon={<ChevronsDownUp />} onClick={() => setOpened({ of: value, keys: new Set() })} />
      </div>
    </>
  );
}

function summary(value: Json, t: TFunction<'data-view'>): string {
  if (Array.isArray(value)) return t('entries', { count: value.length });
  return typeof value === 'object' && value !== null ? t('fields', { count: sizeOf(value) }) : '';
}

function everything(value: Json): Set<string> {
  const keys = new Set<string>();
  let seen = 0;
  const walk = (inner: Json, path: string[]): void => {
    const entries = entriesOf(inner);
    seen += entries.length;
    if (entries.length === 0 || seen > openAllLimit) return;
    keys.add(rowKey(path));
    for (const [name, child] of entries) walk(child, [...path, name]);
  };
  walk(value, []);
  return keys;
}
