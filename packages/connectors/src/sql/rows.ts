import { InputError, type Json, type JsonSchema } from '@weft/connector-sdk';
import { quoted, schemaOf, type Column, type Row, type SqlDatabase } from './database.ts';

/**
 * Writes one row. Column names are checked against the table, so only names that exist reach the statement; values are parameters.
 * @param keys - update the row with the same values in these columns instead of adding a second one; empty: always add.
 * @returns how many rows were written: 1, or 0 when there was nothing to change.
 */
export async function writeRow(database: SqlDatabase, table: string, row: Row, keys: string[]): Promise<number> {
  const names = Object.keys(row);
  if (names.length === 0) throw new InputError(['input', 'row'], 'The row is empty. Map at least one column.');
  checkNames(await database.columns(table), table, names, keys);
  const marks = names.map((_, index) => database.placeholder(index + 1));
  const insert = `INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES (${marks.join(', ')})`;
  return database.change(insert + onConflict(names, keys), names.map((name) => row[name] ?? null));
}

export function onConflict(names: string[], keys: string[]): string {
  if (keys.length === 0) return '';
  const others = names.filter((name) => !keys.includes(name));
  const target = ` ON CONFLICT (${keys.map(quoted).join(', ')})`;
  if (others.length === 0) return `${target} DO NOTHING`;
  return `${target} DO UPDATE SET ${others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ')}`;
}

/** @throws {InputError} for a table or a column that is not there, and a key that has no value. */
export function checkNames(columns: readonly Column[], table: string, names: string[], keys: string[]): void {
  if (names.length === 0) throw new InputError(['input', 'row'], 'The row is empty. Map at least one column.');
  if (columns.length === 0) throw new InputError(['config', 'table'], `There is no table "${table}". Choose one from the list, or switch on "Make the table when it is missing".`);
  const known = new Set(columns.map(({ name }) => name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new InputError(['input', 'row', unknown], `The table "${table}" has no column "${unknown}".`);
  const missing = keys.find((key) => !names.includes(key));
  if (missing !== undefined) throw new InputError(['input', 'row', missing], `"${missing}" finds the row, so it must be mapped.`);
}

/** Makes the table with one column for each value of the row, and a unique key over `keys`. Does nothing when it is there. */
export async function makeTable(database: SqlDatabase, table: string, row: Row, keys: string[]): Promise<void> {
  const columns = Object.entries(row).map(([name, value]) => `${quoted(name)} ${database.typeFor(value as Json)}`);
  if (columns.length === 0) throw new InputError(['input', 'row'], 'The row is empty. Map at least one column.');
  const unique = keys.length === 0 ? [] : [`UNIQUE (${keys.map(quoted).join(', ')})`];
  await database.change(`CREATE TABLE IF NOT EXISTS ${quoted(table)} (${[...columns, ...unique].join(', ')})`, []);
}

/** The input of a step that writes to this table: its columns, required where the database does not fill them itself. */
export async function rowInput(database: SqlDatabase, table: string): Promise<JsonSchema> {
  const columns = await database.columns(table);
  // A table that is yet to be made has no columns: the row stays open.
  if (columns.length === 0) return { type: 'object', properties: { row: { type: 'object', title: 'Row', 'x-open': true } }, required: ['row'] };
  const row: JsonSchema = {
    type: 'object',
    title: 'Row',
    properties: Object.fromEntries(columns.map((column) => [column.name, schemaOf(column)])),
    required: columns.filter(({ nullable, generated }) => !nullable && !generated).map(({ name }) => name),
    additionalProperties: false,
  };
  return { type: 'object', properties: { row }, required: ['row'] };
}
