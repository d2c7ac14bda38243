import type { Json } from '@weft/json-schema';
import { z } from 'zod';
import type { OperationContext, OptionsHandler, WorkspaceFiles, WriteOptions } from '../runtime.ts';
import { invalidInput, notFound } from './failures.ts';

/** The field that names a file of the workspace. */
export const fileName = (description: string, example: string) =>
  z.string().min(1).max(200).meta({ title: 'File', description, examples: [example], 'x-widget': 'file' });

/** Offers the files of the workspace whose names end so; without the dot, in lower case. */
export function filesEndingIn(...endings: string[]): OptionsHandler {
  return async ({ files }) => {
    const all = await files.list();
    return all.filter(({ name }) => endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`))).map(({ name }) => ({ value: name, title: name }));
  };
}

export const noSuchFile = notFound(undefined, 'There is no such file. Upload it under Files, or choose another one.');
export const fileRefused = invalidInput(undefined, 'The file name is not allowed, or the workspace has no space left.');

/** What an action that adds to a file gives. */
export const addedToFile = z.object({
  file: z.string().meta({ title: 'File' }),
  sizeBytes: z.int().meta({ title: 'Size in bytes' }),
});

/**
 * How an action adds to the file that its config names: one input in a run, whole batches in a stream. The file store remembers
 * what each key added and replaces it, so the action's `idempotency` is `{ kind: 'key' }`.
 * @param contentOf - inputs as they stand in the file; `begins` is true when nothing stands before them.
 */
export function addsToFile<I, C extends { file: string }>(
  contentOf: (inputs: readonly I[], config: C, begins: boolean, exactOf?: WriteOptions['exactOf']) => string | Uint8Array,
) {
  return {
    sink: {
      // Its state is the length of the file: a batch that is written again begins at the same place.
      resumable: true,
      async write({ files, runId, idempotencyKey }: OperationContext, inputs: readonly I[], config: C, { state, adds, exactOf }: WriteOptions) {
        const at = typeof state === 'number' ? state : adds && !(await isEmpty(files, config.file)) ? 'end' : 0;
        return { state: await files.put(config.file, contentOf(inputs, config, at === 0, exactOf), at, { runId, idempotencyKey }) };
      },
      sync: ({ files, runId, idempotencyKey }: OperationContext, { file }: C, state: Json) => files.keep(file, Number(state), { runId, idempotencyKey }),
    },
    async run({ files, runId, idempotencyKey, exact }: OperationContext, input: I, config: C) {
      let added = 0;
      const before = await files.append(config.file, { runId, idempotencyKey }, (lengthBefore) => {
        const content = contentOf([input], config, lengthBefore === 0, exact && (() => exact));
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        added = bytes.byteLength;
        return bytes;
      });
      return { file: config.file, sizeBytes: before + added };
    },
  };
}

/** Or not there. */
async function isEmpty(files: WorkspaceFiles, name: string): Promise<boolean> {
  const found = (await files.list()).find((file) => file.name.normalize('NFC') === name.normalize('NFC'));
  return (found?.sizeBytes ?? 0) === 0;
}
