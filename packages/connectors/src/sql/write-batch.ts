import { ConnectorError, InputError, type WriteResult } from '@weft/connector-sdk';
import { quoted, type Row, type SqlDatabase } from './database.ts';
import { checkNames, onConflict, writeRow } from './rows.ts';

/**
 * Writes many rows in one transaction, with as few statements as their columns allow, in their order. When the database refuses one
 * of them, they are written one by one, and those that it refuses are left out.
 * @param keys - update rows with the same values in these columns; empty: always add.
 */
export async function writeBatch(database: SqlDatabase, table: string, rows: readonly Row[], keys: string[]): Promise<Pick<WriteResult, 'failures'>> {
  const { sound, failures } = await checked(database, table, rows, keys);
  try {
    await inTransaction(database, async () => {
      for (const chunk of chunksOf(sound.map(({ row }) => row), keys, database.mostValues)) await database.change(...statementFor(database, table, chunk, keys));
    });
    return { failures };
  } catch (error) {
    if (!isAboutARow(error)) throw error;
  }
  return { failures: [...failures, ...(await oneByOne(database, table, sound, keys))] };
}

type Failures = NonNullable<WriteResult['failures']>;
type Placed = { row: Row; index: number };

/** Rows that name columns which are not there never reach a statement. */
async function checked(database: SqlDatabase, table: string, rows: readonly Row[], keys: string[]): Promise<{ sound: Placed[]; failures: Failures }> {
  const sound: Placed[] = [];
  const failures: Failures = [];
  const columns = await database.columns(table);
  for (const [index, row] of rows.entries()) {
    try {
      checkNames(columns, table, Object.keys(row), keys);
      sound.push({ row, index });
    } catch (error) {
      // A table that is not there is no matter of one row.
      if (!(error instanceof InputError) || error.path[0] !== 'input') throw error;
      failures.push({ index, error });
    }
  }
  return { sound, failures };
}

async function oneByOne(database: SqlDatabase, table: string, rows: readonly Placed[], keys: string[]): Promise<Failures> {
  const failures: Failures = [];
  await inTransaction(database, async () => {
    for (const { row, index } of rows) {
      await database.change('SAVEPOINT weft_row', []);
      try {
        await writeRow(database, table, row, keys);
        await database.change('RELEASE SAVEPOINT weft_row', []);
      } catch (error) {
        if (!(error instanceof ConnectorError) || !isAboutARow(error)) throw error;
        await database.change('ROLLBACK TO SAVEPOINT weft_row', []);
        await database.change('RELEASE SAVEPOINT weft_row', []);
        failures.push({ index, error });
      }
    }
  });
  return failures;
}

async function inTransaction(database: SqlDatabase, work: () => Promise<void>): Promise<void> {
  await database.change('BEGIN', []);
  try {
    await work();
    await database.change('COMMIT', []);
  } catch (error) {
    await database.change('ROLLBACK', []).catch(() => undefined);
    throw error;
  }
}

const isAboutARow = (error: unknown): boolean => error instanceof ConnectorError && (error.kind === 'conflict' || error.kind === 'invalid_input');

/** Rows that fit into one statement: the same columns, no key twice (the later one must win), and not too many values. */
function* chunksOf(rows: readonly Row[], keys: string[], mostValues: number): Generator<Row[]> {
  let chunk: Row[] = [];
  let columns = '';
  let seen = new Set<string>();
  for (const row of rows) {
    const names = JSON.stringify(Object.keys(row));
    const key = keys.length > 0 ? JSON.stringify(keys.map((name) => row[name] ?? null)) : undefined;
    const isFull = (chunk.length + 1) * Object.keys(row).length > mostValues;
    if (chunk.length > 0 && (names !== columns || isFull || (key !== undefined && seen.has(key)))) {
      yield chunk;
      chunk = [];
      seen = new Set();
    }
    columns = names;
    if (key !== undefined) seen.add(key);
    chunk.push(row);
  }
  if (chunk.length > 0) yield chunk;
}

function statementFor(database: SqlDatabase, table: string, rows: readonly Row[], keys: string[]): [sql: string, values: Row[string][]] {
  const names = Object.keys(rows[0] ?? {});
  const values = rows.flatMap((row) => names.map((name) => row[name] ?? null));
  const groups = rows.map((_, at) => `(${names.map((_name, place) => database.placeholder(at * names.length + place + 1)).join(', ')})`);
  return [`INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES ${groups.join(', ')}${onConflict(names, keys)}`, values];
}
