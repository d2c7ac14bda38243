import type { SchemaHandler, WorkspaceFiles } from '@weft/connector-sdk';
import { defineAction, invalidInput } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { encode } from './encode.ts';
import { columnList, fileName, spreadsheetSafe, workspaceFiles, writtenDelimiter } from './parts.ts';

export const addRow = defineAction({
  id: 'add-row',
  title: 'Add a row to a CSV file',
  description: 'Adds one row to a file of this workspace. Each run begins the file anew, so a loop fills it row by row.',
  summary: 'Add a row to {config.file}',
  config: z.object({
    file: fileName('The file is made when it is not there yet.'),
    columns: columnList,
    delimiter: writtenDelimiter,
    spreadsheetSafe,
  }),
  input: z.object({ row: z.record(z.string(), z.unknown()).meta({ title: 'Row', 'x-open': true }) }),
  output: z.object({
    file: z.string().meta({ title: 'File' }),
    sizeBytes: z.int().meta({ title: 'Size in bytes' }),
  }),
  effect: 'write',
  // The file store remembers what each key added and replaces it, so a repeat does not write twice.
  idempotency: { kind: 'key' },
  failures: [invalidInput(undefined, 'The file name is not allowed, or the workspace has no space left.')],
  samples: [
    {
      title: 'One lead',
      config: { file: 'clean-leads.csv', columns: ['name', 'email'] },
      input: { row: { name: 'Ada Lovelace', email: 'ada@example.com' } },
      output: { file: 'clean-leads.csv', sizeBytes: 43 },
    },
  ],
  dynamic: {
    'config.file': { kind: 'options', source: 'files', dependsOn: [] },
    input: { kind: 'schema', source: 'row', dependsOn: ['config.columns'] },
  },
  options: { files: workspaceFiles },
  schemas: { row: rowSchema('row') },
  sink: {
    // Its state is the length of the file: a batch that is written again begins at the same place.
    resumable: true,
    async write({ files, runId, idempotencyKey }, inputs, config, { state, adds }) {
      const by = { runId, idempotencyKey };
      const rows = inputs.map(({ row }) => row as Record<string, never>);
      const at = typeof state === 'number' ? state : adds ? await lengthOf(files, config.file) : 0;
      const begun = typeof state === 'number' || !adds ? at : 'end';
      return { state: await files.put(config.file, encode(rows, at === 0, config), at === 0 ? 0 : begun, by) };
    },
    sync: ({ files, runId, idempotencyKey }, config, state) => files.keep(config.file, Number(state), { runId, idempotencyKey }),
  },
  async run({ files, runId, idempotencyKey }, { row }, config) {
    let added = 0;
    const before = await files.append(config.file, { runId, idempotencyKey }, (lengthBefore) => {
      const bytes = encode([row as Record<string, never>], lengthBefore === 0, config);
      added = bytes.byteLength;
      return bytes;
    });
    return { file: config.file, sizeBytes: before + added };
  },
});

async function lengthOf(files: WorkspaceFiles, name: string): Promise<number> {
  const found = (await files.list()).find((file) => file.name === name);
  return found?.sizeBytes ?? 0;
}

/** The columns that were set up are the fields to map. */
export function rowSchema(part: 'row' | 'rows'): SchemaHandler {
  return async (_context, { config }) => {
    const columns = z.array(z.string()).catch([]).parse(config['columns']);
    const properties = Object.fromEntries(columns.map((column) => [column, { title: column, type: ['string', 'number', 'boolean', 'null'] as const }]));
    const row = { type: 'object' as const, title: 'Row', properties: properties as never, additionalProperties: false };
    return {
      type: 'object',
      properties: { [part]: part === 'row' ? row : { type: 'array', title: 'Rows', items: row } },
      required: [part],
    };
  };
}
