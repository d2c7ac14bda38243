import { InputError, type Json, type JsonSchema, type Path } from '@weft/connector-sdk';
import { placesInside } from '@weft/connector-sdk/author';
import { orNull, UnfitValue, type Codec, type Held } from './codec/codec.ts';

export interface Column {
  name: string;
  /** The database's own name of the type, lower case. */
  type: string;
  /** Between what the database holds in it and JSON. */
  codec: Codec;
  nullable: boolean;
  /** The database fills it when it is left out: a default, an identity, a rowid. */
  generated: boolean;
  /** It always fills it: a computed column, or an identity that takes no value. Nothing can be written. */
  computed: boolean;
  /** Part of the primary key. */
  key: boolean;
}

export interface Table {
  /** As it was asked for: as it stands in the step. */
  name: string;
  /** As a statement names it: quoted, with its schema where there are schemas. */
  sql: string;
  columns: Column[];
  /** The columns of each unique index that a row can be found by. */
  uniques: string[][];
  /** Weft made it, so Weft may add columns and widen them. */
  isOurs: boolean;
}

export type Row = Record<string, Json>;

/** What the values of a new column have in common. */
export type Kind = 'whole' | 'number' | 'boolean' | 'json' | 'text';

/** What a statement is about, for the sentence when it is refused. */
export interface About {
  /** As it stands in the step. */
  table: string;
  /** Rows are updated by these columns. */
  keys?: string[];
}

/** One open database, whatever its make. Values travel as parameters only, never inside the text of a statement. */
export interface SqlDatabase {
  /** Names as `table` understands them. */
  tables(): Promise<string[]>;
  /** @returns undefined for a table that does not exist. */
  table(name: string): Promise<Table | undefined>;
  /** Runs a statement that changes rows or tables. @returns how many rows changed. */
  change(sql: string, values?: readonly (Held | null)[], about?: About): Promise<number>;
  /** Runs one statement that only reads; anything else is refused. */
  read(sql: string, values: Record<string, Json>, limit: number): Promise<{ rows: Row[]; truncated: boolean }>;
  /** The rows of one statement that only reads, batch by batch; `last` is the key of the last one. Anything else is refused. */
  stream(sql: string, values: Record<string, Json>, from: GoOn, batchSize: number): AsyncIterable<{ rows: Row[]; last?: Json }>;
  /** The first rows of a table in the order of a column, with that column's value as the database holds it. */
  page(table: Table, column: string, behind: Behind, limit: number): Promise<PlacedRow[]>;
  /** A place that an earlier build of Weft wrote down, as `page` gives and takes them now. */
  placeOf(column: Column, stored: Json): Json;
  /** What a value adds to the id of its row: as ever, so that a row that was seen is not new. */
  idPart(column: Column, value: Json): Json;
  /** Makes a table that Weft may widen. Does nothing when it is there. @param unique - columns that find a row; empty: none. */
  makeTable(name: string, columns: readonly NewColumn[], unique: readonly string[]): Promise<void>;
  /** How the database tells names of columns apart. */
  columnNames: { ignoresCase: boolean; maxBytes?: number };
  /** Adds a column to a table of ours. */
  addColumn(table: Table, column: NewColumn): Promise<void>;
  /** Whether a column can get a wider type; where it cannot, it holds most values as they are. */
  widens: boolean;
  /** Gives a column of a table of ours a wider type. */
  widenColumn(table: Table, column: NewColumn): Promise<void>;
  /** The kind that a column of ours was made for. */
  kindOf(column: Column): Kind;
  /** Values that one statement may have. */
  mostValues: number;
  /** The mark of the nth value, from 1. */
  placeholder(position: number): string;
  close(): Promise<void>;
}

export interface NewColumn {
  name: string;
  kind: Kind;
}

/** Where the rows of a query begin: behind a key, in its order, or behind so many rows. */
export type GoOn = { by: 'key'; column: string; after?: Json } | { by: 'count'; skip: number };

/** Where a page begins: at a value, that value included; at the largest one; or with the first. */
export type Behind = { from: Json } | 'last' | 'first';

export interface PlacedRow {
  row: Row;
  /** Comparable with `===` to that of another row, and good for `from`. */
  place: Json;
}

/** An identifier as SQL reads it, whatever characters it has. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/**
 * A value as its column holds it.
 * @param table - for the sentence.
 * @param exact - places in the row where a text stands for a number.
 * @throws {InputError} at the column, for one that the column would change or could not hold.
 */
export function heldBy({ name, codec, nullable }: Column, value: Json | undefined, table: string, exact?: readonly Path[]): Held | null {
  if (value === undefined || value === null) return nullable ? null : (codec.ofNull ?? null);
  try {
    return codec.write(value, exact && placesInside(exact, name));
  } catch (error) {
    if (!(error instanceof UnfitValue)) throw error;
    throw new InputError(['input', 'row', name], `The column "${name}" of the table "${table}" ${error.message}`, { cause: error });
  }
}

/** What a column's values look like when they are read, or what may be written into it: the same but where writing is lenient. */
export function schemaOf({ name, codec, nullable }: Column, way: 'read' | 'write'): JsonSchema {
  const schema = way === 'write' ? (codec.takes ?? codec.schema) : codec.schema;
  return { ...(nullable ? orNull(schema) : schema), title: name };
}

/** Names for the columns of a result, each of its own: a second `id` becomes `id 2`, which no other column is called. */
export function distinctNames(names: readonly string[]): string[] {
  // An object cannot have this one as a field.
  const taken = new Set([...names, '__proto__']);
  const given = new Set<string>(['__proto__']);
  return names.map((name) => {
    let own = name;
    for (let at = 2; given.has(own) || (own !== name && taken.has(own)); at += 1) own = `${name} ${at}`;
    given.add(own);
    return own;
  });
}
