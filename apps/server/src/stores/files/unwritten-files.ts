import { createUnwritten, type Unwritten } from './unwritten.ts';

/** What streams have written into files and not committed yet, by file. An entry without pending writes may be dropped: the stream begins again. */
export interface UnwrittenFiles {
  get(file: string): Unwritten | undefined;
  begin(file: string, runId: string, from: number): Unwritten;
  forget(file: string): void;
}

/** Each holds a piece of memory; a file that was written once must not hold it for ever. */
const maxIdle = 16;

export function createUnwrittenFiles(): UnwrittenFiles {
  const files = new Map<string, Unwritten>();
  return {
    get: (file) => files.get(file),
    begin(file, runId, from) {
      for (const [other, { sizeBytes }] of files) {
        if (files.size < maxIdle) break;
        if (sizeBytes === 0) files.delete(other);
      }
      const begun = createUnwritten(runId, from);
      files.set(file, begun);
      return begun;
    },
    forget: (file) => void files.delete(file),
  };
}
