import { isObject, type Json } from '@weft/json-schema';

/** A list of records as rows and columns. */
export interface DataTable {
  /** Where the list is in the payload; `[]` is the payload itself. */
  path: string[];
  columns: string[];
  rows: Json[];
}

/** How many records are looked at for columns: later ones seldom bring new ones, and a table must open at once. */
const sampled = 200;

/** Every list of records near the top of a payload, the longest first; at most three levels down. */
export function tablesIn(value: Json): DataTable[] {
  const tables: DataTable[] = [];
  const walk = (inner: Json, path: string[]): void => {
    if (Array.isArray(inner)) {
      if (isTable(inner)) tables.push({ path, columns: columnsOf(inner), rows: inner });
      return;
    }
    if (path.length >= 3 || !isObject(inner)) return;
    for (const [name, child] of Object.entries(inner)) walk(child, [...path, name]);
  };
  walk(value, []);
  return tables.sort((a, b) => b.rows.length - a.rows.length);
}

const isTable = (list: Json[]): boolean => list.length > 0 && list.slice(0, sampled).every((item) => isObject(item) || Array.isArray(item));

function columnsOf(rows: Json[]): string[] {
  const columns = new Set<string>();
  for (const row of rows.slice(0, sampled)) {
    if (isObject(row)) for (const name of Object.keys(row)) columns.add(name);
    else if (Array.isArray(row)) row.forEach((_, index) => columns.add(String(index)));
  }
  return [...columns];
}

/** A cell's value; a record may lack it. */
export function cellOf(row: Json | undefined, column: string): Json | undefined {
  if (Array.isArray(row)) return row[Number(column)];
  return isObject(row) && Object.hasOwn(row, column) ? row[column] : undefined;
}
