import { InputError, type Json, type JsonSchema } from '@weft/connector-sdk';
import { defineAction } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { withDatabase } from './connections.ts';
import { maxSqlLength, namedParameters, sqlOf, type NamedQuery } from './named-parameters.ts';
import { failures } from './row-parts.ts';

const maxRows = 100_000;
const defaultLimit = 1_000;

export const query = defineAction({
  id: 'query',
  title: 'Query rows',
  description: 'Reads rows with a SELECT. Write :name where a value goes, or IN (:names) for a list; each name becomes a field to map.',
  keywords: ['select', 'sql', 'find', 'look up', 'lookup', 'search', 'get', 'read'],
  summary: 'Query {config.sql}',
  connection: 'required',
  config: z.object({
    sql: z
      .string()
      .min(1)
      .max(maxSqlLength)
      .meta({ title: 'Query', 'x-widget': 'code', examples: ['SELECT * FROM tickets WHERE label = :label'] }),
    limit: z.int().min(1).max(maxRows).default(defaultLimit).meta({ title: 'At most so many rows' }),
  }),
  input: z.object({ parameters: z.record(z.string(), z.unknown()).optional().meta({ title: 'Parameters', 'x-open': true }) }),
  output: z.object({
    rows: z.array(z.record(z.string(), z.unknown())).meta({ title: 'Rows', 'x-open': true }),
    count: z.int().meta({ title: 'Number of rows' }),
    truncated: z.boolean().meta({ title: 'There are more rows' }),
  }),
  outputSource: 'learned',
  effect: 'read',
  failures,
  samples: [
    {
      title: 'Open tickets',
      config: { sql: 'SELECT number, title FROM tickets WHERE label = :label' },
      input: { parameters: { label: 'bug' } },
      output: { rows: [{ number: 1, title: 'It does not start' }], count: 1, truncated: false },
    },
  ],
  dynamic: { input: { kind: 'schema', source: 'parameters', dependsOn: ['config.sql'] } },
  schemas: {
    async parameters(_context, { config }) {
      return parametersInput(namedParameters(sqlOf(config)));
    },
  },
  run: (context, input, config) =>
    withDatabase(context, async (database) => {
      // What a mapping fills is JSON.
      const values = (input.parameters ?? {}) as Record<string, Json>;
      const missing = namedParameters(sqlOf(config)).names.find((name) => !Object.hasOwn(values, name));
      if (missing !== undefined) throw new InputError(['input', 'parameters', missing], `The query uses :${missing}, but nothing is mapped to it.`);
      const { rows, truncated } = await database.read(config.sql, values, config.limit);
      // Who has chosen another limit wants no more.
      if (truncated && config.limit === defaultLimit) {
        context.warn(`There are more than ${defaultLimit.toLocaleString('en')} rows; the others were left out. Raise the limit, or go through “Rows of a query”.`);
      }
      return { rows, count: rows.length, truncated };
    }),
});

/** The parameters of a query as fields to map. */
export function parametersInput({ names, lists }: Pick<NamedQuery, 'names' | 'lists'>): JsonSchema {
  if (names.length === 0) return { type: 'object', properties: {} };
  const fieldOf = (name: string): JsonSchema =>
    lists.has(name) ? { title: name, type: ['array', ...oneValue], items: { type: oneValue } } : { title: name, type: oneValue };
  const properties = Object.fromEntries(names.map((name): [string, JsonSchema] => [name, fieldOf(name)]));
  return {
    type: 'object',
    properties: { parameters: { type: 'object', title: 'Parameters', properties, required: names, additionalProperties: false } },
    required: ['parameters'],
  };
}

const oneValue: ('string' | 'number' | 'boolean' | 'null')[] = ['string', 'number', 'boolean', 'null'];
