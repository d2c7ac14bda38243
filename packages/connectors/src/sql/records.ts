import { InputError, type Json } from '@weft/connector-sdk';
import { choice, defineSource } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { openDatabase } from './connections.ts';
import type { GoOn } from './database.ts';
import { maxSqlLength, namedParameters, sqlOf } from './named-parameters.ts';
import { noKeyColumn } from './refusals.ts';
import { failures } from './row-parts.ts';
import { parametersInput } from './query.ts';

/** What a loop reads: the rows of a query, as many as there are. */
export const records = defineSource({
  id: 'records',
  title: 'Rows of a query',
  description: 'Goes through the rows of a SELECT, however many there are. Write :name where a value goes, or IN (:names) for a list; each name becomes a field to map.',
  summary: 'Rows of {config.sql}',
  connection: 'required',
  config: z.object({
    sql: z.string().min(1).max(maxSqlLength).meta({ title: 'Query', 'x-widget': 'code', examples: ['SELECT * FROM orders WHERE state = :state'] }),
    goOn: choice(
      { key: 'Behind the last key', count: 'By counting rows', none: 'Not: it begins again' },
      { title: 'After an interruption, go on', description: 'By counting is right for a query with ORDER BY over rows that do not change meanwhile.' },
    ).default('key'),
    key: z.string()
      .min(1)
      .max(128)
      .default('id')
      .meta({
        title: 'Key column',
        description:
          'Best different in every row of the result: rows with the same value come in one batch. Rows are read in its order. Only for going on behind the last key.',
      }),
  }),
  input: z.object({ parameters: z.record(z.string(), z.unknown()).optional().meta({ title: 'Parameters', 'x-open': true }) }),
  record: z.record(z.string(), z.unknown()).meta({ title: 'Row', 'x-open': true }),
  unless: { config: 'goOn', is: 'none' },
  failures,
  samples: [
    {
      title: 'Open orders',
      config: { sql: 'SELECT id, total FROM orders WHERE state = :state' },
      input: { parameters: { state: 'open' } },
      record: { id: 1, total: '21.00' },
    },
  ],
  dynamic: {
    input: { kind: 'schema', source: 'parameters', dependsOn: ['config.sql'] },
  },
  schemas: {
    async parameters(_context, { config }) {
      return parametersInput(namedParameters(sqlOf(config)));
    },
  },
  async *read(context, input, { sql, goOn, key }, { cursor, batchSize }) {
    // What a mapping fills is JSON.
    const values = (input.parameters ?? {}) as Record<string, Json>;
    const missing = namedParameters(sqlOf({ sql })).names.find((name) => !Object.hasOwn(values, name));
    if (missing !== undefined) throw new InputError(['input', 'parameters', missing], `The query uses :${missing}, but nothing is mapped to it.`);
    const database = await openDatabase(context);
    try {
      let done = countOf(cursor);
      const from: GoOn = goOn === 'key' ? { by: 'key', column: key, ...(cursor !== undefined && { after: keyOf(cursor) }) } : { by: 'count', skip: done };
      for await (const { rows, last } of database.stream(sql, values, from, batchSize)) {
        done += rows.length;
        yield {
          records: rows,
          ...(goOn !== 'none' && { cursor: { done, ...(last !== undefined && { key: last }) } }),
          amount: { unit: 'records', done },
        };
      }
    } catch (error) {
      if (goOn === 'key' && isWithout(key, error)) throw noKeyColumn(key, error);
      throw error;
    } finally {
      await database.close();
    }
  },
});

/** The key is asked for by Weft: whoever wrote the query would not find it in there. */
const isWithout = (key: string, error: unknown): boolean =>
  error instanceof InputError && error.path[1] === 'sql' && /no such column|column .* does not exist/.test(error.message) && error.message.includes(`"${key}"`);

/** Both are written by this source only. */
const countOf = (cursor: Json | undefined): number => (cursor as { done?: number } | undefined)?.done ?? 0;
const keyOf = (cursor: Json): Json => (cursor as { key?: Json }).key ?? null;
