import { InputError, type OpenFile } from '@weft/connector-sdk';
import { isEncoding, type Encoding, type EncodingChoice } from '../text/encodings.ts';
import { encodingOf, maxLine, openText, type FileText } from '../text/file-text.ts';
import { columnNames } from './column-names.ts';
import { delimiters, likeliest, sampleRows, type Delimiter, type SampleRows } from './delimiter.ts';
import { hasHeader, type Header } from './header.ts';
import { lengthOfLines, linesAbove } from './lines-above.ts';
import { scanRows, type BrokenRow } from './scan-rows.ts';

/** What a person chose. */
export interface FormChoice {
  header: Header;
  delimiter: Delimiter;
  encoding: EncodingChoice;
  /** Lines above the table. `auto` looks for it. Default what was found at set-up, else none. */
  above?: number | 'auto';
  /** What was found when the file was chosen: holds where the choice is `auto`, so that a flow's columns do not change with the data. */
  found?: Found;
}

/** What is found out about a file at set-up and kept with the step. */
export interface Found {
  header: 'yes' | 'no';
  /** The name of a delimiter, or the character itself where it has none. */
  delimiter: string;
  encoding: Encoding;
  /** Lines above the table; default none. */
  above?: number;
  /** How many columns there were; absent where an earlier build looked. */
  columns?: number;
}

/** How a file is written. The same whenever it is asked. */
export interface Form {
  text: FileText;
  columns: string[];
  hasHeader: boolean;
  delimiter: string;
  /** Lines above the table, behind a line `sep=`. */
  above: number;
  /** Behind the byte order mark, a line `sep=`, the lines above and the names of the columns. */
  begin: { offset: number; line: number };
}

/** Enough of a file to tell how it is written, in characters; more where its rows are so long that these hold too few. */
const samples = [64 << 10, 1 << 20, 2 * maxLine];
const enoughRows = 20;
/** As many as a spreadsheet has. */
export const maxColumns = 16_384;

/** @throws {InputError} where the choice cannot be right. */
export async function formOf(file: OpenFile, { header, delimiter: chosen, encoding, above: chosenAbove, found }: FormChoice): Promise<Form> {
  const text = await openText(file, { encoding, ...(found && isEncoding(found.encoding) && { found: found.encoding }) });
  for (const size of samples) {
    const { sample, isWhole } = await beginningOf(text, size);
    const [, separator] = /^"?sep=([^\w"\r\n])"?(?:\r\n|\r|\n|$)/i.exec(sample) ?? [];
    const sepLine = separator === undefined ? '' : sample.slice(0, endOfLine(sample));
    const all = sample.slice(sepLine.length);
    const above = chosenAbove === 'auto' ? linesAbove(all, isWhole) : (chosenAbove ?? found?.above ?? 0);
    const rest = all.slice(lengthOfLines(all, above));
    const known = chosen === 'auto' ? (separator ?? characterOf(found?.delimiter)) : delimiters[chosen];
    const rows = known === undefined ? likeliest(rest, isWhole) : sampleRows(rest, known, isWhole);
    // The longest sample is for rows of megabytes.
    if (!isWhole && size !== samples.at(-1) && rows.rows.length < (size === samples[0] ? enoughRows : 2)) continue;
    if (chosen === 'auto' && separator === undefined && found) requireSameDelimiter(found, rows, rest, isWhole);
    const skipped = [sepLine, all.slice(0, all.length - rest.length)];
    return {
      text,
      above,
      ...beginning(
        text,
        skipped,
        rest,
        rows,
        { line: 1 + above + (sepLine === '' ? 0 : 1), isWhole, header: header === 'auto' ? (found?.header ?? 'auto') : header },
      ),
    };
  }
  throw new TypeError('No sample was taken.');
}

/** @throws {InputError} for a file of several columns that are one now, because something else stands between them. */
function requireSameDelimiter({ columns }: Found, { delimiter, rows }: SampleRows, text: string, isWhole: boolean): void {
  if (columns === 1 || rows[0]?.length !== 1) return;
  const now = likeliest(text, isWhole);
  const width = now.rows[0]?.length ?? 0;
  if (now.delimiter === delimiter || width < 2) return;
  // Texts may have the character that stood between the fields.
  if (width !== columns && rows.some((row) => row.length > 1)) return;
  // Nobody wrote down that there were several: then all rows have to say so.
  if (columns === undefined && (now.rows.length < 2 || now.rows.some((row) => row.length !== width))) return;
  throw new InputError(
    ['config', 'delimiter'],
    `This file is written in another way than when it was chosen: “${now.delimiter}” stands between its fields where “${delimiter}” did. ` +
      'Choose the file again, or choose what stands between the fields.',
  );
}

interface Beginning {
  isWhole: boolean;
  header: Header;
  /** The number of the table's first line. */
  line: number;
}

/** @param skipped - what stands before the table, as it was decoded. */
function beginning(
  text: FileText,
  skipped: readonly string[],
  rest: string,
  { delimiter, rows }: SampleRows,
  { isWhole, header, line: firstLine }: Beginning,
): Omit<Form, 'text' | 'above'> {
  const named = rows.length > 0 && (header === 'auto' ? hasHeader(rows) : header === 'yes');
  const first = rows[0] ?? [];
  if (first.length > maxColumns) {
    throw new InputError(
      ['config', 'delimiter'],
      `The first row of this file has ${first.length} fields; a table has at most ${maxColumns}. Choose what stands between the fields, or another file.`,
    );
  }
  let line = firstLine;
  let end = 0;
  if (named) {
    const refuse = ({ line: at, what }: BrokenRow): never => {
      throw new InputError(
        ['config', 'file'],
        `The columns of this file have no names that can be read. Line ${at}: ${what}. Mend that line, or choose another delimiter.`,
      );
    };
    const scanned = scanRows(rest, 0, {
      delimiter: delimiter.charCodeAt(0),
      isLast: isWhole,
      most: 1,
      until: rest.length,
      line,
      take: () => undefined,
      refuse,
    });
    end = scanned.end;
    if (end > maxLine) throw tooLong(line);
    line += scanned.lines;
  }
  return {
    columns: columnNames(named ? first : [], first.length),
    hasHeader: named,
    delimiter,
    begin: { offset: [...skipped, rest.slice(0, end)].reduce((offset, part) => offset + text.bytesOf(part), text.begin), line },
  };
}

/**
 * What a step keeps of a file that was chosen, by which its runs read it.
 * @throws {InputError} where the file cannot be read as the choice says.
 */
export async function findForm(file: OpenFile, { found: _before, ...choice }: FormChoice): Promise<Found> {
  const form = await formOf(file, choice);
  const name = Object.entries(delimiters).find(([, character]) => character === form.delimiter)?.[0];
  return {
    header: form.hasHeader ? 'yes' : 'no',
    delimiter: name ?? form.delimiter,
    encoding: await encodingOf(file, { encoding: choice.encoding }),
    columns: form.columns.length,
    ...(form.above > 0 && { above: form.above }),
  };
}

/** A name of the table above, or the character itself. */
const characterOf = (delimiter: string | undefined): string | undefined =>
  delimiter === undefined ? undefined : Object.hasOwn(delimiters, delimiter) ? delimiters[delimiter as Delimiter] : delimiter;

async function beginningOf(text: FileText, size: number): Promise<{ sample: string; isWhole: boolean }> {
  let sample = '';
  for await (const { text: piece } of text.pieces(text.begin, () => tooLong(1))) {
    sample += piece;
    if (sample.length > size) return { sample: sample.slice(0, size), isWhole: false };
  }
  return { sample, isWhole: true };
}

const endOfLine = (text: string): number => /^[^\r\n]*(?:\r\n|\r|\n|$)/.exec(text)?.[0].length ?? 0;

export const tooLong = (line: number): InputError =>
  new InputError(
    ['config', 'file'],
    `The row that begins in line ${line} is longer than 8 MB. Is a quote not closed, or is this another kind of file? Mend that line, or split the file.`,
  );
