import type { Json, JsonSchema } from '@weft/json-schema';
import { Braces, Copy, Download, ListTree, Search, Table2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx, IconButton, Segmented } from '../ui/index.ts';
import { copyText, downloadJson } from './copy-text.ts';
import { DataTableView } from './data-table-view.tsx';
import { DataTreeView } from './data-tree-view.tsx';
import { JsonText } from './json-text.tsx';
import { tablesIn } from './data-table.ts';
import './words.ts';

export interface DataViewProps {
  /** Undefined: there is nothing to show, and the view says so. */
  value: Json | undefined;
  /** Adds titles to field names where the schema has them. */
  schema?: JsonSchema | undefined;
  /** Names the payload: for screen readers and for the file when it is downloaded. */
  title?: string;
  className?: string;
}

type View = 'tree' | 'table' | 'json';

/** A payload as tree, table or JSON. It fills its container and scrolls inside; big payloads stay quick. */
export function DataView({ value, schema, title, className }: DataViewProps) {
  const { t } = useTranslation('data-view');
  const [wanted, setWanted] = useState<View>('tree');
  const [search, setSearch] = useState('');
  const needle = useDeferredValue(search);
  const tables = useMemo(() => (value === undefined ? [] : tablesIn(value)), [value]);
  if (value === undefined) return <p className={cx('p-3 text-sm text-subtle', className)}>{t('nothing')}</p>;
  const view = wanted === 'table' && tables.length === 0 ? 'tree' : wanted;
  const name = title ?? t('whole');
  return (
    <section aria-label={name} className={cx('flex min-h-0 min-w-0 flex-col', className)}>
      <div className="flex shrink-0 items-center gap-1 border-b border-line px-2 py-1">
        <Segmented
          size="sm"
          label={t('views')}
          value={view}
          onChange={setWanted}
          options={[
            { value: 'tree', label: t('tree'), icon: <ListTree aria-hidden="true" />, iconOnly: true },
            ...(tables.length > 0 ? [{ value: 'table' as const, label: t('table'), icon: <Table2 aria-hidden="true" />, iconOnly: true }] : []),
            { value: 'json', label: t('json'), icon: <Braces aria-hidden="true" />, iconOnly: true },
          ]}
        />
        <label className="relative min-w-0 flex-1">
          <span className="sr-only">{t('search')}</span>
          <Search aria-hidden="true" className="pointer-events-none absolute top-1.5 left-2 size-3.5 text-subtle" />
          <input
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder={t('searchShort')}
            className="h-6.5 w-full min-w-0 rounded-md border border-transparent bg-transparent pr-1 pl-7 text-xs text-ellipsis hover:border-line focus:border-accent placeholder-shown:[&::-webkit-search-cancel-button]:hidden"
          />
        </label>
        <IconButton label={t('copyAll')} icon={<Copy />} onClick={() => copyText(JSON.stringify(value, null, 2), t)} />
        <IconButton label={t('download')} icon={<Download />} onClick={() => downloadJson(value, name)} />
      </div>
      {view === 'tree' && <DataTreeView value={value} schema={schema} label={name} search={needle} />}
      {view === 'table' && <DataTableView tables={tables} label={name} search={needle} />}
      {view === 'json' && <JsonText value={value} label={name} search={needle} />}
    </section>
  );
}
