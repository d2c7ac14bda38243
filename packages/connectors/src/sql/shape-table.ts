import { InputError, type Json } from '@weft/connector-sdk';
import type { Kind, NewColumn, Row, SqlDatabase, Table } from './database.ts';

/**
 * Makes the table that rows go into, when it is missing, with one column for each of their fields. A table that Weft has made gets
 * the columns that later rows bring, and wider types where their values need them; somebody else's table stays as it is.
 * @param keys - a new table has a unique key over them.
 */
export async function shapeTable(database: SqlDatabase, name: string, rows: readonly Row[], keys: readonly string[]): Promise<void> {
  const shape = shapeOf(rows);
  const table = await database.table(name);
  if (!table || table.isOurs) requireDistinct(database, [...(table?.columns ?? []).map((column) => column.name), ...shape.keys()]);
  if (!table) {
    if (name.includes('\0')) throw zeroByte(name);
    if (shape.size === 0) throw new InputError(['input', 'row'], 'The row is empty. Map at least one column.');
    const missing = keys.find((key) => !shape.has(key));
    if (missing !== undefined) {
      throw new InputError(['config', 'keys'], `No row has the key column "${missing}", so the table "${name}" cannot be made. Map it, or choose another key.`);
    }
    await database.makeTable(name, [...shape].map(([column, kind]) => ({ name: column, kind: kind ?? 'text' })), keys);
    return;
  }
  if (!table.isOurs) return;
  for (const [column, kind] of shape) await fitColumn(database, table, { name: column, kind });
}

const zeroByte = (name: string): InputError =>
  new InputError(['config', 'table'], `The name “${name}” has a zero byte, which no table and no column can have. Choose another name.`);

/** @throws {InputError} for fields that would be one column, or whose names would be cut: the values of one of them would have no place. */
function requireDistinct({ columnNames: { ignoresCase, maxBytes } }: SqlDatabase, names: readonly string[]): void {
  const known = new Map<string, string>();
  for (const name of names) {
    if (name.includes('\0')) throw zeroByte(name);
    if (maxBytes !== undefined && Buffer.byteLength(name) > maxBytes) {
      throw new InputError(
        ['config', 'table'],
        `The name “${name}” is too long for a column: this database keeps ${maxBytes} bytes of it. Give the field a shorter name.`,
      );
    }
    // SQLite knows the case of these letters only.
    const key = ignoresCase ? name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : name;
    const before = known.get(key);
    if (before !== undefined && before !== name) {
      throw new InputError(
        ['config', 'table'],
        `The fields “${before}” and “${name}” differ in capital letters only, and this database takes them for one column. Give one of them another name.`,
      );
    }
    known.set(key, name);
  }
}

async function fitColumn(database: SqlDatabase, table: Table, { name, kind }: { name: string; kind: Kind | undefined }): Promise<void> {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) return database.addColumn(table, { name, kind: kind ?? 'text' } satisfies NewColumn);
  const now = database.kindOf(column);
  const wanted = kind === undefined || now === 'json' ? now : widest(now, kind);
  if (wanted !== now && database.widens) await database.widenColumn(table, { name, kind: wanted });
}

/** Each field with what its values have in common; undefined where all of them are null. */
export function shapeOf(rows: readonly Row[]): Map<string, Kind | undefined> {
  const shape = new Map<string, Kind | undefined>();
  const digits = new Set<string>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const before = shape.get(name);
      const isDigits = typeof value === 'string' && isLargeWhole(value);
      if (isDigits) digits.add(name);
      const kind = value === null || isDigits ? before : before === undefined ? kindOf(value) : widest(before, kindOf(value));
      shape.set(name, kind);
    }
  }
  // Digits alone are texts, such as the number of a parcel; beside numbers they are one that is too large for JSON's.
  for (const name of digits) if (shape.get(name) !== 'whole' && shape.get(name) !== 'number') shape.set(name, 'text');
  return shape;
}

function kindOf(value: NonNullable<Json>): Kind {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'whole' : 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'object' ? 'json' : 'text';
}

/** A kind that holds the values of both. */
function widest(one: Kind, other: Kind): Kind {
  if (one === other) return one;
  const both = new Set<Kind>([one, other]);
  return both.has('whole') && both.has('number') ? 'number' : 'text';
}

/** How a whole number looks that a JSON number cannot hold, and a 64-bit column can. */
function isLargeWhole(text: string): boolean {
  if (!/^-?[1-9]\d{15,18}$/.test(text) || Number.isSafeInteger(Number(text))) return false;
  const number = BigInt(text);
  return BigInt.asIntN(64, number) === number;
}
