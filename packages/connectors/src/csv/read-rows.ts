import type { Json, OpenFile, SourceBatch } from '@weft/connector-sdk';
import { maxLine } from '../text/file-text.ts';
import { placeIn, type TextPlace } from '../text/text-place.ts';
import { rowMaker } from './column-names.ts';
import { formOf, maxColumns, tooLong, type Form, type FormChoice } from './form.ts';
import { scanRows, type Cells } from './scan-rows.ts';

/** Rows can be long: a batch ends behind the row that fills this, so that memory stays flat. */
const batchCharacters = 4 << 20;

/**
 * The rows of a file as batches of objects, by their columns. Its cursor is a place in the file. A row that cannot be read is left to the loop
 * to decide about.
 */
export async function* readRows(file: OpenFile, choice: FormChoice, options: { cursor?: Json; batchSize: number }): AsyncGenerator<SourceBatch> {
  yield* rowsOf(file, await formOf(file, choice), options);
}

/** The same of a file whose form is known. */
export async function* rowsOf(file: OpenFile, form: Form, { cursor, batchSize }: { cursor?: Json; batchSize: number }): AsyncGenerator<SourceBatch> {
  const source = form.text;
  const place: TextPlace = cursor === undefined ? { ...form.begin, version: file.version } : placeIn(cursor, file);
  const toRow = rowMaker(form.columns);
  const delimiter = form.delimiter.charCodeAt(0);
  const width = form.columns.length;
  let { offset, line } = place;
  let records: Json[] = [];
  let unreadable: NonNullable<SourceBatch['unreadable']> = [];
  /** Characters of this batch that are not in `text` any more. */
  let behind = 0;
  let text = '';
  let from = 0;
  let isDamaged = false;

  function refuse(record: Json, message: string): void {
    unreadable.push({ at: records.length + unreadable.length, record, message });
  }

  function take(cells: Cells, at: number): void {
    if (cells.length > maxColumns) {
      refuse(cells.slice(0, maxColumns), `Line ${at}: it has ${cells.length} fields; a row has at most ${maxColumns}. Mend that line.`);
    } else if (isDamaged && cells.some((cell) => source.isDamaged(cell))) {
      refuse(
        toRow(cells.map((cell) => cell.toWellFormed())),
        `Line ${at}: a letter is not ${source.encoding() ?? 'ASCII'}. Choose the file's encoding, or mend that line.`,
      );
    } else records.push(toRow(cells));
  }

  function batch(): SourceBatch {
    const encoding = source.encodingBefore(offset);
    const given: SourceBatch = {
      records,
      ...(unreadable.length > 0 && { unreadable }),
      cursor: { offset, line, version: file.version, ...(encoding && { encoding }) } satisfies TextPlace,
      amount: { unit: 'bytes', done: offset, total: file.sizeBytes },
    };
    records = [];
    unreadable = [];
    behind = 0;
    return given;
  }

  function* rowsIn(isLast: boolean): Generator<SourceBatch> {
    for (;;) {
      const begin = from;
      const scanned = scanRows(text, from, {
        delimiter,
        isLast,
        most: batchSize - records.length - unreadable.length,
        until: begin + batchCharacters - behind,
        line,
        width,
        take,
        refuse: ({ text: row, line: at, what }) => refuse(row.toWellFormed(), `Line ${at}: ${what}. Mend that line, or choose another delimiter.`),
      });
      from = scanned.end;
      line += scanned.lines;
      offset += source.bytesOf(text.slice(begin, from));
      behind += from - begin;
      if (records.length + unreadable.length < batchSize && behind < batchCharacters) return;
      yield batch();
    }
  }

  for await (const piece of source.pieces(offset, () => tooLong(line), place.encoding)) {
    // What is left of the piece before is the beginning of a row.
    isDamaged = piece.isDamaged || (isDamaged && from < text.length);
    text = from < text.length ? text.slice(from) + piece.text : piece.text;
    from = 0;
    yield* rowsIn(false);
    if (text.length - from > maxLine) throw tooLong(line);
  }
  yield* rowsIn(true);
  if (records.length + unreadable.length > 0) yield batch();
}
