import type { Path, WriteResult } from '@weft/connector-sdk';
import type { Row, SqlDatabase } from './database.ts';
import { isAboutARow } from './refusals.ts';
import { rowReader, writeRows, type HeldRow, type Target } from './write-rows.ts';

/**
 * Writes many rows in one transaction, with as few statements as their columns allow, in their order. When the database refuses one
 * of them, they are written one by one, and those that it refuses are left out.
 * @param exactOf - places in a row where a text stands for a number.
 * @throws {ConnectorError} for what is wrong with the statement and not with a row: nothing of the batch was written.
 */
export async function writeBatch(
  database: SqlDatabase,
  target: Target,
  rows: readonly Row[],
  exactOf?: ExactOf,
): Promise<Pick<WriteResult, 'failures'>> {
  const { sound, failures } = checked(target, rows, exactOf);
  try {
    await inTransaction(database, async () => {
      for (const chunk of chunksOf(sound.map(({ row }) => row), target, database.mostValues)) await writeRows(database, target, chunk);
    });
    return { failures };
  } catch (error) {
    if (!isAboutARow(error)) throw error;
  }
  return { failures: [...failures, ...(await oneByOne(database, target, sound))] };
}

type ExactOf = (index: number) => readonly Path[] | undefined;
type Failures = NonNullable<WriteResult['failures']>;
type Placed = { row: HeldRow; index: number };

/** Rows that name columns which are not there, or have values that fit no column, never reach a statement. */
function checked(target: Target, rows: readonly Row[], exactOf?: ExactOf): { sound: Placed[]; failures: Failures } {
  const sound: Placed[] = [];
  const failures: Failures = [];
  const read = rowReader(target);
  for (const [index, row] of rows.entries()) {
    try {
      sound.push({ row: read(row, exactOf?.(index)), index });
    } catch (error) {
      if (!isAboutARow(error)) throw error;
      failures.push({ index, error });
    }
  }
  return { sound, failures };
}

async function oneByOne(database: SqlDatabase, target: Target, rows: readonly Placed[]): Promise<Failures> {
  const failures: Failures = [];
  await inTransaction(database, async () => {
    for (const { row, index } of rows) {
      await database.change('SAVEPOINT weft_row');
      try {
        await writeRows(database, target, [row]);
        await database.change('RELEASE SAVEPOINT weft_row');
      } catch (error) {
        if (!isAboutARow(error)) throw error;
        await database.change('ROLLBACK TO SAVEPOINT weft_row');
        await database.change('RELEASE SAVEPOINT weft_row');
        failures.push({ index, error });
      }
    }
  });
  return failures;
}

async function inTransaction(database: SqlDatabase, work: () => Promise<void>): Promise<void> {
  await database.change('BEGIN');
  try {
    await work();
    await database.change('COMMIT');
  } catch (error) {
    await database.change('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Rows that fit into one statement: the same columns, no key twice (the later one must win), and not too many values. */
function* chunksOf(rows: readonly HeldRow[], target: Target, mostValues: number): Generator<HeldRow[]> {
  let chunk: HeldRow[] = [];
  let seen = new Set<string>();
  const keyOf = target.keys.length === 0 ? undefined : keyReader(target.keys);
  for (const row of rows) {
    const key = keyOf?.(row);
    const isFull = (chunk.length + 1) * row.values.length > mostValues;
    if (chunk.length > 0 && (row.columns !== chunk[0]?.columns || isFull || (key !== undefined && seen.has(key)))) {
      yield chunk;
      chunk = [];
      seen = new Set();
    }
    if (key !== undefined) seen.add(key);
    chunk.push(row);
  }
  if (chunk.length > 0) yield chunk;
}

/** What names a row by its key, as its columns hold it: 1, "1" and 1.0 are one row's. */
function keyReader(keys: readonly string[]): (row: HeldRow) => string {
  return ({ columns, values }) =>
    JSON.stringify(
      keys.map((key) => {
        const at = columns.findIndex(({ name }) => name === key);
        const held = values[at] ?? null;
        return held === null ? null : (columns[at]?.codec.keyOf?.(held) ?? String(held));
      }),
    );
}
