import { formatPath } from '@weft/json-schema';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../ui/index.ts';
import { previewOf } from './data-rows.ts';
import { cellOf, type DataTable } from './data-table.ts';
import { useVirtualRows } from '../ui/use-virtual-rows.ts';
import './words.ts';

interface DataTableViewProps {
  /** At least one. */
  tables: DataTable[];
  label: string;
  search: string;
}

const rowHeight = 26;

/** A list of records, rows virtualised, the head in view; where a payload has several lists, one is chosen. */
export function DataTableView({ tables, label, search }: DataTableViewProps) {
  const { t } = useTranslation('data-view');
  const scroller = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState(0);
  const table = tables[Math.min(chosen, tables.length - 1)];
  const rows = useMemo(() => {
    const all = (table?.rows ?? []).map((row, index) => ({ row, number: index + 1 }));
    const wanted = search.trim().toLowerCase();
    return wanted === '' ? all : all.filter(({ row }) => JSON.stringify(row).toLowerCase().includes(wanted));
  }, [table, search]);
  const { items, height } = useVirtualRows(scroller, { count: rows.length, rowHeight });
  if (!table) return null;
  const before = items[0]?.start ?? 0;
  const after = height - (items.at(-1)?.end ?? 0);
  const name = (path: string[]): string => (path.length === 0 ? t('whole') : formatPath(path));
  return (
    <>
      {tables.length > 1 && (
        <Select
          className="border-b border-line p-2"
          size="sm"
          label={t('list')}
          labelHidden
          value={String(Math.min(chosen, tables.length - 1))}
          onChange={(value) => setChosen(Number(value))}
          options={tables.map(({ path, rows: all }, index) => ({ value: String(index), label: `${name(path)} (${all.length})` }))}
        />
      )}
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section ref={scroller} tabIndex={0} aria-label={label} className="focus-inset min-h-0 flex-1 overflow-auto">
        <table className="border-separate border-spacing-0 text-left text-xs" aria-rowcount={rows.length + 1}>
          <thead>
            <tr className="sticky top-0 z-10 bg-surface">
              <th scope="col" className={headClass}>
                <span className="sr-only">{t('rowNumber')}</span>
              </th>
              {table.columns.map((column) => (
                <th key={column} scope="col" className={headClass}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr style={{ height: before }} aria-hidden="true" />}
            {items.map((item) => {
              const entry = rows[item.index];
              return (
                entry && (
                  <tr key={entry.number} style={{ height: rowHeight }} className="hover:bg-hover" aria-rowindex={item.index + 2}>
                    <th scope="row" className="border-b border-line px-2 text-right font-normal text-subtle">
                      {entry.number}
                    </th>
                    {table.columns.map((column) => {
                      const text = previewOf(cellOf(entry.row, column), 120);
                      return (
                        <td key={column} title={text} className="one-line max-w-64 border-b border-line px-2">
                          {text}
                        </td>
                      );
                    })}
                  </tr>
                )
              );
            })}
            {after > 0 && <tr style={{ height: after }} aria-hidden="true" />}
          </tbody>
        </table>
      </section>
      <p className="flex h-7 shrink-0 items-center border-t border-line px-3 text-xs text-subtle">{t('entries', { count: rows.length })}</p>
    </>
  );
}

const headClass = 'h-7 border-b border-line px-2 font-medium whitespace-nowrap text-subtle';
