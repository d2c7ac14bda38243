import type { SourceBatch, WriteOptions, WriteResult } from '@weft/connector-sdk';
import type { Json, JsonObject } from '@weft/json-schema';
import type { OperationRunner } from '../ports.ts';

/** A file on a disk that outlives processes: bytes are there at once, and count once they are committed. */
export interface TestDisk {
  lines: string[];
  /** Every write, by how many lines it began with and how many inputs it had. */
  writes: { at: number; inputs: number; keys: readonly string[] }[];
  syncs: number;
}

export const createDisk = (): TestDisk => ({ lines: [], writes: [], syncs: 0 });

export interface RowsOptions {
  rows: readonly Json[];
  disk?: TestDisk;
  /** False: the source cannot go on in the middle. */
  resumable?: boolean;
  /** Rows that the source cannot read, by their place. */
  broken?: readonly number[];
  onRead?: (from: number) => void;
}

/** A source over a list and a sink that appends lines and cuts to its state. */
export function rowStreams({ rows, disk = createDisk(), resumable = true, broken = [], onRead }: RowsOptions): Pick<OperationRunner,
  | 'read' | 'write' | 'sync'> {
  return {
    async *read(_call, { cursor, batchSize }): AsyncGenerator<SourceBatch> {
      for (let from = typeof cursor === 'number' ? cursor : 0; from < rows.length; from += batchSize) {
        onRead?.(from);
        const to = Math.min(rows.length, from + batchSize);
        const places = Array.from({ length: to - from }, (_, at) => from + at);
        yield {
          records: places.filter((at) => !broken.includes(at)).map((at) => rows[at] ?? null),
          unreadable: places.filter((at) => broken.includes(at)).map((at) => ({ at: at - from, record: rows[at] ?? null, message: 'It is not a row.' })),
          ...(resumable && { cursor: to }),
          amount: { unit: 'records', done: to, total: rows.length },
        };
      }
    },
    async write(_call, inputs: readonly JsonObject[], { state, keyOf, adds }: WriteOptions): Promise<WriteResult> {
      const at = typeof state === 'number' ? state : adds ? disk.lines.length : 0;
      disk.writes.push({ at, inputs: inputs.length, keys: inputs.map((_, place) => keyOf(place)) });
      disk.lines.length = at;
      for (const input of inputs) disk.lines.push(JSON.stringify(input));
      return { state: disk.lines.length };
    },
    async sync() {
      disk.syncs += 1;
    },
  };
}
