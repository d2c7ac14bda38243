import { TerminalError, type Json, type OpenFile, type SourceBatch } from '@weft/connector-sdk';
import { decode, type Encoding } from './decode.ts';
import { delimiterOf, type Delimiter } from './delimiter.ts';
import { hasHeader, type Header } from './header.ts';
import { scanRows, type Cells } from './scan-rows.ts';
import { columnNames } from './table.ts';
import { longestLine, textPieces, tooLong } from './text-pieces.ts';

export interface RowsOptions {
  header: Header;
  delimiter: Delimiter;
  encoding: Encoding;
}

/** Where a row begins, in a file that must not have changed meanwhile. */
interface Place {
  offset: number;
  /** Its number, for messages. */
  line: number;
  version: string;
}

/** How the file is written: found out at its beginning, the same whenever it is asked. */
interface Form {
  columns: string[];
  delimiter: string;
  encoding: string;
  /** Behind the byte order mark and the names of the columns. */
  begin: Omit<Place, 'version'>;
}

const headBytes = 64 << 10;
/** Rows can be long: a batch ends behind the row that fills this, so that memory stays flat. */
const batchCharacters = 4 << 20;

/** The rows of a file as batches of objects, by their columns. Its cursor is a place in the file. */
export async function* readRows(file: OpenFile, options: RowsOptions, { cursor, batchSize }: { cursor?: Json; batchSize: number }): AsyncGenerator<SourceBatch> {
  const form = await formOf(file, options);
  const place = cursor === undefined ? { ...form.begin, version: file.version } : placeOf(cursor, file);
  const { read, bytesOf } = textPieces(file, form.encoding);
  const toRow = rowMaker(form.columns);
  const delimiter = form.delimiter.charCodeAt(0);
  let { offset, line } = place;
  let records: Json[] = [];
  /** Characters of this batch that are not in `text` any more. */
  let behind = 0;
  let text = '';
  let from = 0;
  const take = (cells: Cells) => void records.push(toRow(cells));

  function batch(): SourceBatch {
    const given: SourceBatch = {
      records,
      cursor: { offset, line, version: file.version } satisfies Place,
      amount: { unit: 'bytes', done: offset, total: file.sizeBytes },
    };
    records = [];
    behind = 0;
    return given;
  }

  function* rowsIn(isLast: boolean): Generator<SourceBatch> {
    for (;;) {
      const begin = from;
      const scanned = scanRows(text, from, { delimiter, isLast, most: batchSize - records.length, until: begin + batchCharacters - behind, line, take });
      from = scanned.end;
      line += scanned.lines;
      offset += bytesOf(text.slice(begin, from));
      behind += from - begin;
      if (records.length < batchSize && behind < batchCharacters) return;
      yield batch();
    }
  }

  for await (const piece of read(offset, () => tooLong(line))) {
    // What is left of the piece before is the beginning of a row.
    text = from < text.length ? text.slice(from) + piece : piece;
    from = 0;
    yield* rowsIn(false);
    if (text.length - from > longestLine) throw tooLong(line);
  }
  yield* rowsIn(true);
  if (records.length > 0) yield batch();
}

async function formOf(file: OpenFile, options: RowsOptions): Promise<Form> {
  const bytes = await head(file);
  const { text, encoding } = decode(bytes, options.encoding);
  const delimiter = delimiterIn(text, options.delimiter);
  const sample: Cells[] = [];
  const scan = (most: number, take: (cells: Cells) => void) =>
    scanRows(text, 0, { delimiter: delimiter.charCodeAt(0), isLast: bytes.byteLength >= file.sizeBytes, most, until: text.length, line: 1, take });
  scan(50, (cells) => sample.push(cells));
  const { bytesOf } = textPieces(file, encoding);
  const mark = Math.max(0, bytes.byteLength - bytesOf(text));
  if (sample.length === 0 || !hasHeader(sample, options.header)) {
    return { columns: columnNames([], sample[0]?.length ?? 0), delimiter, encoding, begin: { offset: mark, line: 1 } };
  }
  const { end, lines } = scan(1, () => undefined);
  return { columns: columnNames(sample[0] ?? [], sample[0]?.length ?? 0), delimiter, encoding, begin: { offset: mark + bytesOf(text.slice(0, end)), line: 1 + lines } };
}

/** The first lines, none of them cut where there is a line end at all. */
async function head(file: OpenFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.read(0)) {
    chunks.push(Buffer.from(chunk));
    size += chunk.byteLength;
    if (size >= headBytes) break;
  }
  const bytes = Buffer.concat(chunks).subarray(0, headBytes);
  if (bytes.byteLength >= file.sizeBytes) return bytes;
  const lineEnd = bytes.lastIndexOf(0x0a);
  if (lineEnd === -1) throw tooLong(1);
  // In UTF-16LE the other half of the line end follows.
  return bytes.subarray(0, lineEnd + (bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 1));
}

function delimiterIn(text: string, chosen: Delimiter): string {
  try {
    return delimiterOf(text, chosen);
  } catch {
    // The beginning of a file may end inside quotes; what is wrong with a broken one is said while it is read.
    return ',';
  }
}

function placeOf(cursor: Json, file: OpenFile): Place {
  // Written by this source only.
  const place = cursor as unknown as Place;
  if (place.version === file.version) return place;
  throw new TerminalError('The file was changed while it was being read, so the run cannot go on in the middle of it. Start the flow again.', { kind: 'conflict' });
}

/** Short rows lack their last columns; a row that is too long gets columns of its own rather than losing data. */
function rowMaker(columns: string[]): (cells: Cells) => Json {
  if (columns.includes('__proto__')) return (cells) => Object.fromEntries(cells.map((cell, at) => [nameOf(columns, at), cell]));
  return (cells) => {
    const row: Record<string, string> = {};
    for (let at = 0; at < cells.length; at += 1) row[columns[at] ?? nameOf(columns, at)] = cells[at]!;
    return row;
  };
}

const nameOf = (columns: string[], at: number): string => columns[at] ?? columnNames(columns, at + 1)[at] ?? `column${at + 1}`;
