import { TerminalError } from '@weft/connector-sdk';

/** Size limit of one result: a little above the limit of a step's output, since JSON is shorter than some wire formats. */
export const maxResultBytes = 24 << 20;

/** Size limit of a batch of a stream; a batch has at least one row. */
export const maxBatchBytes = 4 << 20;

/** What is kept of a row's values, in bytes or characters; only the long ones matter. */
export function sizeOf(values: readonly unknown[]): number {
  let size = 0;
  for (const value of values) size += typeof value === 'string' ? value.length + 8 : value instanceof Uint8Array ? value.byteLength + 8 : 8;
  return size;
}

export const tooLarge = (): TerminalError =>
  new TerminalError(
    `The database gave more than ${maxResultBytes >> 20} MB at once. Ask for fewer rows or columns, or for shorter values.`,
    { kind: 'unsupported' },
  );
