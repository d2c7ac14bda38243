import { InputError, type JsonSchema, type Path } from '@weft/connector-sdk';
import type { Held } from './codec/codec.ts';
import { heldBy, quoted, schemaOf, type Column, type Row, type SqlDatabase, type Table } from './database.ts';
import { noTable, noUniqueIndex } from './refusals.ts';

/** Where rows go. */
export interface Target {
  table: Table;
  /** Those of the table by their names. */
  columns: ReadonlyMap<string, Column>;
  /** Rows with the same values in these columns are updated; empty: rows are always added. */
  keys: readonly string[];
}

/** A row that fits the table: each value as its column holds it. Rows with the same columns share one list of them. */
export interface HeldRow {
  columns: readonly Column[];
  values: (Held | null)[];
}

/** @throws {InputError} for a table that is not there. */
export async function targetOf(database: SqlDatabase, name: string, keys: readonly string[]): Promise<Target> {
  const table = await database.table(name);
  if (!table) throw noTable(name);
  return { table, columns: new Map(table.columns.map((column) => [column.name, column])), keys };
}

/**
 * Rows as the table holds them. Only names that are columns get into a statement; values are parameters.
 * @returns what reads one row; `exact` are places in it where a text stands for a number. @throws {InputError} for a column that is not there, a
 * key that has no value, and a value that does not fit its column.
 */
export function rowReader(target: Target): (row: Row, exact?: readonly Path[]) => HeldRow {
  let names: string[] = [];
  let columns: Column[] = [];
  return (row, exact) => {
    const own = Object.keys(row);
    // Most rows have the columns of the one before.
    if (own.length === 0 || own.length !== names.length || own.some((name, at) => name !== names[at])) {
      columns = columnsOf(target, own);
      names = own;
    }
    return { columns, values: columns.map((column) => heldBy(column, row[column.name], target.table.name, exact)) };
  };
}

function columnsOf({ table, columns, keys }: Target, names: readonly string[]): Column[] {
  if (names.length === 0) throw new InputError(['input', 'row'], 'The row is empty. Map at least one column.');
  const found = names.map((own) => {
    const column = columns.get(own);
    if (!column) throw new InputError(['input', 'row', own], `The table "${table.name}" has no column "${own}".`);
    if (column.computed) {
      throw new InputError(['input', 'row', own], `The database always fills the column "${own}" of the table "${table.name}" itself. Map nothing to it.`);
    }
    return column;
  });
  const missing = keys.find((key) => !names.includes(key));
  if (missing !== undefined) throw new InputError(['input', 'row', missing], `"${missing}" finds the row, so it must be mapped.`);
  return found;
}

/**
 * Writes rows that have the same columns with one statement.
 * @returns how many rows were written; fewer where there was nothing to change.
 */
export function writeRows(database: SqlDatabase, { table, keys }: Target, rows: readonly HeldRow[]): Promise<number> {
  const names = (rows[0]?.columns ?? []).map((column) => column.name);
  const groups = rows.map((_, at) => `(${names.map((_name, place) => database.placeholder(at * names.length + place + 1)).join(', ')})`);
  const sql = `INSERT INTO ${table.sql} (${names.map(quoted).join(', ')}) VALUES ${groups.join(', ')}${onConflict(names, keys)}`;
  return database.change(sql, rows.length === 1 ? rows[0]?.values : rows.flatMap(({ values }) => values), {
    table: table.name,
    ...(keys.length > 0 && { keys: [...keys] }),
  });
}

const isUnique = ({ uniques }: Table, keys: readonly string[]): boolean =>
  uniques.some((columns) => columns.length === new Set(keys).size && columns.every((column) => keys.includes(column)));

function onConflict(names: readonly string[], keys: readonly string[]): string {
  if (keys.length === 0) return '';
  const others = names.filter((name) => !keys.includes(name));
  const target = ` ON CONFLICT (${keys.map(quoted).join(', ')})`;
  if (others.length === 0) return `${target} DO NOTHING`;
  return `${target} DO UPDATE SET ${others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ')}`;
}

/**
 * The input of a step that writes to this table: its columns, required where the database does not fill them itself, or a row is
 * found by them. A key that finds no row is told as the row's description, where it is mapped.
 */
export async function rowInput(database: SqlDatabase, name: string, keys: readonly string[] = []): Promise<JsonSchema> {
  const table = await database.table(name);
  // A table that is yet to be made has no columns: the row stays open.
  if (!table) return { type: 'object', properties: { row: { type: 'object', title: 'Row', 'x-open': true } }, required: ['row'] };
  const row: JsonSchema = {
    type: 'object',
    title: 'Row',
    properties: Object.fromEntries(table.columns.filter(({ computed }) => !computed).map((column) => [column.name, schemaOf(column, 'write')])),
    required: table.columns.filter((column) => keys.includes(column.name) || (!column.nullable && !column.generated)).map((column) => column.name),
    ...(keys.length > 0 && !isUnique(table, keys) && { description: noUniqueIndex(name, keys).message }),
    additionalProperties: false,
  };
  return { type: 'object', properties: { row }, required: ['row'] };
}
