import type { Json } from '@weft/connector-sdk';
import { wholeKeys } from './alike-keys.ts';
import { quoted, type GoOn, type Row } from './database.ts';
import { parameterOf, postgresqlQuery } from './list-parameters.ts';
import { inner } from './named-parameters.ts';
import { explained } from './postgresql-failure.ts';
import { readerOf, requireReading, statement, withParameters, type Result, type TextRow } from './postgresql-rows.ts';
import type { Session } from './postgresql-session.ts';
import { noKey } from './refusals.ts';
import { maxBatchBytes, sizeOf } from './result-size.ts';

/** A cursor of the server in a transaction that only reads: whatever the query gives, no more than two batches of it are here. */
export async function* cursorOver(
  session: Session,
  sql: string,
  values: Record<string, Json>,
  from: GoOn,
  batchSize: number,
): AsyncGenerator<{ rows: Row[]; last?: Json }> {
  const { client } = session;
  const query = postgresqlQuery(sql, values);
  const rowsOf = inner(query.text);
  const text = from.by === 'key' ? keyQuery(rowsOf, from, query.names.length + 1) : `SELECT * FROM (${rowsOf}) AS weft_rows OFFSET ${from.skip}`;
  const after = from.by === 'key' && from.after !== undefined ? [parameterOf(from.after)] : [];
  let read: ((row: TextRow) => Row) | undefined;
  try {
    await explained(async () => {
      requireReading(sql);
      await client.query('BEGIN TRANSACTION READ ONLY');
      await withParameters(client, `DECLARE weft_stream NO SCROLL CURSOR FOR ${text}`, query, after);
    });
    for await (const { rows: found, fields } of inBatches(fetched(session, batchSize), batchSize, from)) {
      // The key stands behind the query's own columns.
      const at = from.by === 'key' ? fields.length - 1 : fields.length;
      read ??= await explained(() => readerOf(client, fields.slice(0, at)));
      const last = from.by === 'key' ? found.at(-1)?.[at] : undefined;
      if (from.by === 'key' && typeof last !== 'string') throw noKey(from.column);
      yield { rows: found.map(read), ...(typeof last === 'string' && { last }) };
    }
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

type Piece = Pick<Result, 'rows' | 'fields'>;

/** How much larger a piece may be than the one before it. */
const growth = 10;

/** The rows of the cursor as the server gives them, one piece asked for ahead: the first is one row, and long ones come in smaller pieces. */
async function* fetched(session: Session, batchSize: number): AsyncGenerator<Piece & { bytes: number[] }> {
  let size = 1;
  const ask = () => {
    session.allowResult();
    const coming = explained(() => statement(session.client, `FETCH ${size} FROM weft_stream`));
    // It may fail while earlier rows are being consumed: the next read rejects with it.
    coming.catch(() => undefined);
    return coming;
  };
  for (let coming = ask(); ; ) {
    const { rows, fields } = await coming;
    if (rows.length === 0) return;
    const bytes = rows.map(sizeOf);
    const average = bytes.reduce((sum, one) => sum + one, 0) / rows.length;
    size = Math.max(1, Math.min(batchSize, size * growth, Math.floor(maxBatchBytes / 2 / average)));
    coming = ask();
    yield { rows, fields, bytes };
  }
}

/**
 * Pieces as batches. A batch ends with `batchSize` rows or before it has `maxBatchBytes`, whatever the pieces were, and between two keys: from
 * the same row on, batches are the same.
 */
async function* inBatches(pieces: AsyncIterable<Piece & { bytes: number[] }>, batchSize: number, from: GoOn): AsyncGenerator<Piece> {
  let batch: TextRow[] = [];
  let bytesOf: number[] = [];
  let batchBytes = 0;
  let known: Result['fields'] = [];
  /** The batch up to where it may end; the rows behind that begin the next one. */
  const taken = (next: TextRow): Piece => {
    const count = from.by === 'key' ? wholeKeys([...batch, next].map((row) => row.at(-1) ?? null), from.column) : batch.length;
    const rows = batch.slice(0, count);
    batch = batch.slice(count);
    bytesOf = bytesOf.slice(count);
    batchBytes = bytesOf.reduce((sum, one) => sum + one, 0);
    return { rows, fields: known };
  };
  for await (const { rows, fields, bytes } of pieces) {
    known = fields;
    for (const [at, row] of rows.entries()) {
      const size = bytes[at] ?? 0;
      if (batch.length > 0 && (batch.length === batchSize || batchBytes + size > maxBatchBytes)) yield taken(row);
      batch.push(row);
      bytesOf.push(size);
      batchBytes += size;
    }
  }
  if (batch.length > 0) yield { rows: batch, fields: known };
}

/** The key as the server writes it: no digit of it is lost on the way. */
const keyQuery = (query: string, { column, after }: Extract<GoOn, { by: 'key' }>, position: number): string =>
  `SELECT weft_rows.*, ${quoted(column)}::text AS "weft key" FROM (${query}) AS weft_rows${after === undefined ? '' : ` WHERE ${quoted(column)} > $${position}`} ORDER BY ${quoted(column)}`;
