import { formatPath, schemaAt, valueAt, type Json, type JsonSchema } from '@weft/json-schema';
import { useMemo, useState, type KeyboardEvent } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../ui/index.ts';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { clipboardText, copyText } from './copy-text.ts';
import { dataRows, entriesOf, openAtFirst, rowKey, searchData, sizeOf } from './data-rows.ts';
import { DataTreeRow } from './data-tree-row.tsx';
import { VirtualTree } from './virtual-tree.tsx';
import './words.ts';

interface DataTreeViewProps {
  value: Json;
  schema: JsonSchema | undefined;
  label: string;
  search: string;
}

const rowHeight = 24;
/** More would be a wait without a use. */
const maxOpenRows = 20_000;

/** Arrows move and open, Home and End jump; what is selected can be copied, with its path, from the line below. */
export function DataTreeView({ value, schema, label, search }: DataTreeViewProps) {
  const { t } = useTranslation('data-view');
  const [opened, setOpened] = useState<{ of: Json; keys: Set<string> }>({ of: value, keys: openAtFirst(value) });
  const [selected, setSelected] = useState<string>();
  const openKeys = opened.of === value ? opened.keys : openAtFirst(value);
  const found = useMemo(() => searchData(value, search), [value, search]);
  const searching = search.trim() !== '';
  const rows = useMemo(() => {
    const all = dataRows(value, (path) => openKeys.has(rowKey(path)) || found.open.has(rowKey(path)), found.hits);
    return searching ? all.filter((row) => found.open.has(row.key) || row.hit || all.length < 2) : all;
  }, [value, openKeys, found, searching]);
  const current = rows.find((row) => row.key === selected);

  const setOpen = (key: string, open: boolean): void => {
    const next = new Set(openKeys);
    if (open) next.add(key);
    else next.delete(key);
    setOpened({ of: value, keys: next });
  };
  const toggle = current && (() => setOpen(current.key, !current.open));
  const keys: Record<string, (() => void) | undefined> = {
    ArrowRight: current && current.size > 0 && !current.open ? toggle : undefined,
    ArrowLeft: current && (() => {
      if (current.open && current.size > 0) setOpen(current.key, false);
      else if (current.path.length > 1) setSelected(rowKey(current.path.slice(0, -1)));
    }),
    Enter: toggle,
    ' ': toggle,
  };
  const copyOnKeys = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && current && String(getSelection()) === '') {
      copyText(clipboardText(valueAt(value, current.path) ?? null), t);
    }
  };

  return (
    <>
      {searching && (
        <output className="block border-b border-line px-3 py-1 text-xs text-subtle">
          {found.hits.size === 0
            ? t('noHits', { text: search })
            : found.more
            ? t('hitsMore', { count: found.hits.size })
            : t('hits', { count: found.hits.size })}
        </output>
      )}
      <VirtualTree
        label={label}
        rows={rows}
        rowHeight={rowHeight}
        active={current?.key}
        onMove={(row) => setSelected(row.key)}
        keys={keys}
        onOtherKey={copyOnKeys}
        className="focus-inset min-h-0 flex-1 overflow-auto py-1"
        below={rows.length === 0 && !searching && <p className="px-3 py-1 text-xs text-subtle">{Array.isArray(value) ? t('emptyList') : t('emptyObject')}</p>}
      >
        {(row, { id, top, active }) => (
          <DataTreeRow
            key={row.key}
            id={id}
            row={row}
            title={schema ? schemaAt(schema, row.path)?.title : undefined}
            top={top}
            height={rowHeight}
            selected={active}
            onSelect={() => setSelected(row.key)}
            onToggle={() => setOpen(row.key, !row.open)}
          />
        )}
      </VirtualTree>
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
    if (entries.length === 0 || seen > maxOpenRows) return;
    keys.add(rowKey(path));
    for (const [name, child] of entries) walk(child, [...path, name]);
  };
  walk(value, []);
  return keys;
}
