import { InputError, type Json, type OpenFile, type SourceBatch } from '@weft/connector-sdk';
import { JsonTextError, parseJsonWithLimits } from '@weft/connector-sdk/author';
import type { Encoding, EncodingChoice } from '../text/encodings.ts';
import { maxLine, openText } from '../text/file-text.ts';
import { placeIn, type TextPlace } from '../text/text-place.ts';

/** Records can be large: a batch ends behind the one that fills this, so that memory stays flat. */
const batchBytes = 4 << 20;

interface LinesOptions {
  cursor?: Json;
  batchSize: number;
  encoding: EncodingChoice;
  /** What was found when the file was chosen; see `openText`. */
  found?: Encoding;
}

/** The records of a file as batches, one a line, which ends with LF, CRLF or CR. A line that is no JSON is left to the loop to decide about. */
export async function* readLines(file: OpenFile, { cursor, batchSize, encoding, found }: LinesOptions): AsyncGenerator<SourceBatch> {
  const source = await openText(file, { encoding, ...(found && { found }) });
  const place: TextPlace = cursor === undefined ? { offset: source.begin, line: 1, version: file.version } : placeIn(cursor, file);
  let { offset, line } = place;
  let begin = offset;
  let records: Json[] = [];
  let unreadable: NonNullable<SourceBatch['unreadable']> = [];
  let held = '';
  let isDamaged = false;

  function batch(): SourceBatch {
    const decided = source.encodingBefore(offset);
    const given: SourceBatch = {
      records,
      ...(unreadable.length > 0 && { unreadable }),
      cursor: { offset, line, version: file.version, ...(decided && { encoding: decided }) } satisfies TextPlace,
      amount: { unit: 'bytes', done: offset, total: file.sizeBytes },
    };
    records = [];
    unreadable = [];
    begin = offset;
    return given;
  }

  function refuse(record: string, message: string): void {
    unreadable.push({ at: records.length + unreadable.length, record: record.toWellFormed(), message: `Line ${line - 1}: ${message}` });
  }

  /** @param whole - with its line end. */
  function take(whole: string): boolean {
    offset += source.bytesOf(whole);
    line += 1;
    const text = whole.trim();
    if (text === '') return false;
    if (isDamaged && source.isDamaged(text)) refuse(text, `A letter is not ${source.encoding() ?? 'ASCII'}. Choose the file's encoding, or mend that line.`);
    else {
      try {
        records.push(parseJsonWithLimits(text, { maxBytes: Number.POSITIVE_INFINITY }));
      } catch (error) {
        if (!(error instanceof JsonTextError)) throw error;
        // The line of the file is what helps, not that of the one-line text.
        refuse(text, error.message.replace(/\(line 1 column (\d+)\)/, '(column $1)'));
      }
    }
    return records.length + unreadable.length >= batchSize || offset - begin >= batchBytes;
  }

  const tooLong = (): InputError =>
    new InputError(
      ['config', 'file'],
      `Line ${line} of this file is longer than 8 MB. Is it NDJSON, with one record a line? Split the file, or read it with another connector.`,
    );

  for await (const piece of source.pieces(offset, tooLong, place.encoding)) {
    isDamaged = piece.isDamaged || (isDamaged && held !== '');
    const text = held + piece.text;
    let from = 0;
    for (const end of lineEnds(text)) {
      if (take(text.slice(from, end))) yield batch();
      from = end;
    }
    held = text.slice(from);
    if (held.length > maxLine) throw tooLong();
  }
  if (held !== '') take(held);
  if (records.length > 0 || unreadable.length > 0) yield batch();
}

/** The places behind line ends. A CR at the end of what is there may be half of one, and waits. */
function* lineEnds(text: string): Generator<number> {
  const find = (what: string, from: number): number => {
    const found = text.indexOf(what, from);
    return found === -1 ? text.length : found;
  };
  let lf = find('\n', 0);
  let cr = find('\r', 0);
  for (;;) {
    const at = Math.min(lf, cr);
    if (at === text.length || (at === cr && cr + 1 === text.length)) return;
    const end = cr + 1 === lf ? lf + 1 : at + 1;
    if (lf < end) lf = find('\n', end);
    if (cr < end) cr = find('\r', end);
    yield end;
  }
}
