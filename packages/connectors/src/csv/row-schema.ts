import type { SchemaHandler } from '@weft/connector-sdk';
import { z } from 'zod';

/** The columns that were set up are the fields to map. */
export function rowSchema(part: 'row' | 'rows'): SchemaHandler {
  return async (_context, { config }) => {
    const columns = z.array(z.string()).catch([]).parse(config['columns']);
    const properties = Object.fromEntries(columns.map((column) => [column, { title: column, type: ['string', 'number', 'boolean', 'null'] as const }]));
    // Built here as plain JSON; the schema's type knows the types of a column as literals only.
    const row = { type: 'object' as const, title: 'Row', properties: properties as never, additionalProperties: false };
    return {
      type: 'object',
      properties: { [part]: part === 'row' ? row : { type: 'array', title: 'Rows', items: row } },
      required: [part],
    };
  };
}
