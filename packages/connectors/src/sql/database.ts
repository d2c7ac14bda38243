import type { Json, JsonSchema } from '@weft/connector-sdk';

export interface Column {
  name: string;
  /** The database's own name of the type, lower case. */
  type: string;
  nullable: boolean;
  /** The database fills it when it is left out: a default, an identity, a rowid. */
  generated: boolean;
  /** Part of the primary key. */
  key: boolean;
}

export type Row = Record<string, Json>;

/** One open database, whatever its make. Values travel as parameters only, never inside the text of a statement. */
export interface SqlDatabase {
  tables(): Promise<string[]>;
  /** @returns an empty list for a table that does not exist. */
  columns(table: string): Promise<Column[]>;
  /** Runs a statement that changes rows. @returns how many rows changed. */
  change(sql: string, values: Json[]): Promise<number>;
  /** Runs one statement that only reads; anything else is refused. */
  read(sql: string, values: Record<string, Json>, limit: number): Promise<{ rows: Row[]; truncated: boolean }>;
  /** The rows of one statement that only reads, batch by batch; `last` is the key of the last one. Anything else is refused. */
  stream(sql: string, values: Record<string, Json>, from: GoOn, batchSize: number): AsyncIterable<{ rows: Row[]; last?: Json }>;
  /** Values that one statement may have. */
  mostValues: number;
  /** The type for a new column that must hold this value. */
  typeFor(value: Json): string;
  /** The mark of the nth value, from 1. */
  placeholder(position: number): string;
  close(): Promise<void>;
}

/** Where the rows of a query begin: behind a key, in its order, or behind so many rows. */
export type GoOn = { by: 'key'; column: string; after?: Json } | { by: 'count'; skip: number };

/** An identifier as SQL reads it, whatever characters it has. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

const wholeNumbers = /^(small|big|medium|tiny)?int(eger|[248])?$|serial/;
const numbers = /real|double|float|numeric|decimal|money/;
const moments = /timestamp/;

/** The schema a column's values must fit. Lenient where databases are: text columns take numbers too. */
export function schemaOf(column: Column): JsonSchema {
  const type = column.type.replace(/\(.*\)/, '').trim();
  const base: JsonSchema = wholeNumbers.test(type)
    ? { type: 'integer' }
    : numbers.test(type)
      ? { type: ['number', 'string'] }
      : type.startsWith('bool')
        ? { type: 'boolean' }
        : type === 'date'
          ? { type: 'string', format: 'date' }
          : moments.test(type)
            ? { type: 'string' }
            : type.startsWith('json')
              ? {}
              : { type: ['string', 'number', 'boolean'] };
  if (!column.nullable || base.type === undefined) return { ...base, title: column.name };
  const types = Array.isArray(base.type) ? base.type : [base.type];
  return { ...base, type: [...types, 'null'], title: column.name };
}
