import { formatPath, isObject, type Json } from '@weft/json-schema';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cellOf, tablesIn, type DataTable } from '../data-view/data-table.ts';
import { previewOf } from '../data-view/data-rows.ts';
import { DataView } from '../data-view/index.ts';
import './words.ts';

const most = { facts: 40, tables: 3, rows: 8, columns: 6 };

/** What people need to decide, as one reads it: names with their values, lists of records as tables. All of it is one click away. */
export function ShownData({ value }: { value: Json }) {
  const { t } = useTranslation('approvals');
  const [all, setAll] = useState(false);
  const facts = factsOf(value);
  const tables = tablesIn(value).slice(0, most.tables);
  if (isObject(value) && Object.keys(value).length === 0) return <p className="text-sm text-muted">{t('nothingShown')}</p>;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {facts.length > 0 && (
        <dl className="grid min-w-0 grid-cols-[minmax(6rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
          {facts.slice(0, most.facts).map(({ name, text }) => (
            <div key={name} className="contents">
              <dt className="max-w-60 wrap-anywhere text-muted">
                <bdi>{name}</bdi>
              </dt>
              <dd className="wrap-anywhere whitespace-pre-line text-fg">
                <bdi>{text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {tables.map((table) => (
        <Records key={table.path.join('.')} table={table} />
      ))}
      <details className="min-w-0" onToggle={(event) => setAll(event.currentTarget.open)}>
        <summary className="cursor-pointer text-xs text-muted select-none">{t('allData')}</summary>
        {all && <DataView value={value} title={t('shown')} className="mt-2 h-64 rounded-md border border-line" />}
      </details>
    </div>
  );
}

function Records({ table: { path, columns, rows } }: { table: DataTable }) {
  const { t } = useTranslation('approvals');
  const shown = columns.slice(0, most.columns);
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      {path.length > 0 && <figcaption className="text-xs font-medium text-muted">{formatPath(path)}</figcaption>}
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section tabIndex={0} aria-label={path.length > 0 ? formatPath(path) : t('shown')} className="focus-inset overflow-x-auto rounded-md border border-line">
        <table className="w-full text-left text-sm">
          <thead>
            <tr>
              {shown.map((column) => (
                <th key={column} scope="col" className="border-b border-line bg-sunken px-2.5 py-1 text-xs font-medium whitespace-nowrap text-muted">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most.rows).map((row, index) => (
              // Rows of data have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={index}>
                {shown.map((column) => (
                  <td key={column} className="max-w-64 border-b border-line px-2.5 py-1 wrap-anywhere">
                    {textOf(cellOf(row, column))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > most.rows && <p className="text-xs text-subtle">{t('moreRows', { count: rows.length - most.rows })}</p>}
    </figure>
  );
}

interface Fact {
  name: string;
  text: string;
}

/** Every plain value with the way to it, at most three levels down; a list of plain values is one. */
export function factsOf(value: Json, path: string[] = []): Fact[] {
  if (isObject(value) && path.length < 3) return Object.entries(value).flatMap(([name, inner]) => factsOf(inner, [...path, name]));
  if (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null)) return [];
  return [{ name: formatPath(path), text: textOf(value) }];
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '–';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.map(String).join(', ') || '–';
  return typeof value === 'object' ? previewOf(value, 160) : String(value);
}
