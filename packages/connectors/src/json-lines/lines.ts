import { InputError, TerminalError, type Json, type OpenFile, type SourceBatch } from '@weft/connector-sdk';
import { JsonTextError, parseJsonWithLimits } from '@weft/connector-sdk/author';

/** Where a line begins, in a file that must not have changed meanwhile. */
interface Place {
  offset: number;
  /** Its number, for messages. */
  line: number;
  version: string;
}

const LF = 0x0a;
/** More in one line is nearly always a file of another kind. */
const longestLine = 8 << 20;
/** Records can be large: a batch ends behind the one that fills this, so that memory stays flat. */
const batchBytes = 4 << 20;

/** The records of a file as batches, one a line. A line that is no JSON is left to the loop to decide about. */
export async function* readLines(file: OpenFile, { cursor, batchSize }: { cursor?: Json; batchSize: number }): AsyncGenerator<SourceBatch> {
  const place = cursor === undefined ? { offset: 0, line: 1, version: file.version } : placeOf(cursor, file);
  let { offset, line } = place;
  let begin = offset;
  let records: Json[] = [];
  let unreadable: NonNullable<SourceBatch['unreadable']> = [];
  let held: Buffer = Buffer.alloc(0);

  function batch(): SourceBatch {
    const given: SourceBatch = {
      records,
      ...(unreadable.length > 0 && { unreadable }),
      cursor: { offset, line, version: file.version } satisfies Place,
      amount: { unit: 'bytes', done: offset, total: file.sizeBytes },
    };
    records = [];
    unreadable = [];
    begin = offset;
    return given;
  }

  function take(bytes: Buffer, size: number): boolean {
    const isFirst = offset === 0;
    offset += size;
    line += 1;
    const text = (isFirst ? withoutMark(bytes) : bytes).toString('utf8').trim();
    if (text === '') return false;
    try {
      records.push(parseJsonWithLimits(text, { maxBytes: Number.POSITIVE_INFINITY }));
    } catch (error) {
      if (!(error instanceof JsonTextError)) throw error;
      unreadable.push({ record: text, message: `Line ${line - 1}: ${error.message}` });
    }
    return records.length + unreadable.length >= batchSize || offset - begin >= batchBytes;
  }

  for await (const chunk of file.read(offset)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    if (held.length > 0) {
      from = bytes.indexOf(LF) + 1;
      const joined = Buffer.concat([held, from === 0 ? bytes : bytes.subarray(0, from - 1)]);
      held = from === 0 ? joined : Buffer.alloc(0);
      if (from === 0) from = bytes.length;
      else if (take(joined, joined.length + 1)) yield batch();
    }
    for (let end = bytes.indexOf(LF, from); end !== -1; end = bytes.indexOf(LF, from)) {
      if (take(bytes.subarray(from, end), end + 1 - from)) yield batch();
      from = end + 1;
    }
    // The chunk is not ours to keep.
    if (from < bytes.length) held = Buffer.from(bytes.subarray(from));
    if (held.length > longestLine) throw new InputError(['config', 'file'], `Line ${line} of this file is longer than 8 MB. Is it NDJSON, with one record a line? Split the file, or read it with another connector.`);
  }
  if (held.length > 0) take(held, held.length);
  if (records.length > 0 || unreadable.length > 0) yield batch();
}

/** A byte order mark is no part of the first record. */
const withoutMark = (bytes: Buffer): Buffer => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);

function placeOf(cursor: Json, file: OpenFile): Place {
  // Written by this source only.
  const place = cursor as unknown as Place;
  if (place.version === file.version) return place;
  throw new TerminalError('The file was changed while it was being read, so the run cannot go on in the middle of it. Start the flow again.', { kind: 'conflict' });
}
