import type { Json, WorkspaceFiles } from '@weft/connector-sdk';
import { defineAction, invalidInput, openJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { fileName, workspaceFiles } from './parts.ts';

/** Adds records to a file, one a line; in a stream whole batches at once. */
export const addRecord = defineAction({
  id: 'add-record',
  title: 'Add a record to an NDJSON file',
  description: 'Adds one line to a file of this workspace. Each run begins the file anew, so a loop fills it record by record.',
  summary: 'Add a record to {config.file}',
  config: z.object({ file: fileName('The file is made when it is not there yet.') }),
  input: z.object({ record: openJson({ title: 'Record', description: 'Any JSON: an object with fields to map, or a value.' }) }),
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
      title: 'One order',
      config: { file: 'orders.ndjson' },
      input: { record: { id: 'A-1', total: '21.00' } },
      output: { file: 'orders.ndjson', sizeBytes: 29 },
    },
  ],
  dynamic: { 'config.file': { kind: 'options', source: 'files', dependsOn: [] } },
  options: { files: workspaceFiles },
  sink: {
    // Its state is the length of the file: a batch that is written again begins at the same place.
    resumable: true,
    async write({ files, runId, idempotencyKey }, inputs, config, { state, adds }) {
      const at = typeof state === 'number' ? state : adds && (await exists(files, config.file)) ? 'end' : 0;
      const text = inputs.map(({ record }) => line(record)).join('');
      return { state: await files.put(config.file, text, at, { runId, idempotencyKey }) };
    },
    sync: ({ files, runId, idempotencyKey }, config, state) => files.keep(config.file, Number(state), { runId, idempotencyKey }),
  },
  async run({ files, runId, idempotencyKey }, { record }, config) {
    const bytes = Buffer.from(line(record));
    const before = await files.append(config.file, { runId, idempotencyKey }, () => bytes);
    return { file: config.file, sizeBytes: before + bytes.byteLength };
  },
});

const line = (record: Json | undefined): string => `${JSON.stringify(record ?? null)}\n`;

const exists = async (files: WorkspaceFiles, name: string): Promise<boolean> => (await files.list()).some((file) => file.name === name);
