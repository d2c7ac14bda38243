import { InputError } from '@weft/connector-sdk';

/** A row as it stands in the file. */
export type Cells = string[];

export interface Scanned {
  /** Where the first character stands that was not used: the beginning of a row that is not complete. */
  end: number;
  /** Lines that the rows took, for messages. */
  lines: number;
}

export interface ScanOptions {
  /** Its character code. */
  delimiter: number;
  /** The text ends with the file, so its last row needs no line end. */
  isLast: boolean;
  /** At most so many rows. */
  most: number;
  /** No row begins here or behind. */
  until: number;
  /** The number of the line at `from`, for messages. */
  line: number;
  take: (cells: Cells) => void;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Takes complete rows out of a text, as RFC 4180 has them: fields in quotes may hold delimiters, line ends and doubled quotes.
 * Rows end with LF or CRLF; empty lines are no rows. The next delimiter, line end and quote are looked for by the engine's own search
 * and remembered until they are passed, which is what makes streams of millions of rows quick.
 * @param from - where a row begins.
 * @throws {InputError} at `config.file`, naming the line, where a quote stands in the middle of a field or is never closed.
 */
export function scanRows(text: string, from: number, { delimiter, isLast, most, until, line, take }: ScanOptions): Scanned {
  const end = text.length;
  const separator = String.fromCharCode(delimiter);
  const find = (what: string, after: number): number => {
    const found = text.indexOf(what, after);
    return found === -1 ? end : found;
  };
  let at = from;
  let lines = 0;
  let nextDelimiter = -1;
  let nextQuote = -1;
  for (let taken = 0; taken < most && at < end && at < until; ) {
    const lineEnd = find('\n', at);
    if (nextQuote < at) nextQuote = find('"', at);
    const cells: Cells = [];
    if (nextQuote < lineEnd) {
      const row = scanQuoted(text, { field: at, cells, delimiter, isLast, line: line + lines });
      if (!row) break;
      at = row.end;
      lines += row.lines;
      take(cells);
      taken += 1;
      continue;
    }
    // Rows without quotes: nearly all there are.
    if (lineEnd === end && !isLast) break;
    const stop = lineEnd > at && text.charCodeAt(lineEnd - 1) === CR ? lineEnd - 1 : lineEnd;
    let field = at;
    if (nextDelimiter < at) nextDelimiter = find(separator, at);
    while (nextDelimiter < stop) {
      cells.push(text.slice(field, nextDelimiter));
      field = nextDelimiter + 1;
      nextDelimiter = find(separator, field);
    }
    at = lineEnd + 1;
    lines += 1;
    // An empty line; one with a delimiter is a row of empty fields.
    if (cells.length === 0 && stop === field) continue;
    cells.push(text.slice(field, stop));
    take(cells);
    taken += 1;
  }
  return { end: Math.min(at, end), lines };
}

interface QuotedRow {
  /** Where its first field begins. */
  field: number;
  /** The fields are added here. */
  cells: Cells;
  delimiter: number;
  isLast: boolean;
  line: number;
}

/** A row with quotes. @returns undefined when the row is not complete. */
function scanQuoted(text: string, { field, cells, delimiter, isLast, line }: QuotedRow): Scanned | undefined {
  const end = text.length;
  let lines = 1;
  for (let at = field; ; ) {
    if (text.charCodeAt(at) === QUOTE) {
      let value = '';
      let piece = at + 1;
      for (;;) {
        const close = text.indexOf('"', piece);
        if (close === -1) {
          if (isLast) throw broken(line, 'a quote is opened and never closed');
          return undefined;
        }
        // A quote at the end of what is there may be the first of two.
        if (close + 1 === end && !isLast) return undefined;
        value += text.slice(piece, close);
        piece = close + 1;
        if (text.charCodeAt(piece) !== QUOTE) break;
        value += '"';
        piece += 1;
      }
      lines += lineEndsIn(value);
      const code = piece < end ? text.charCodeAt(piece) : LF;
      cells.push(value);
      if (code === delimiter) {
        at = piece + 1;
        if (at === end && !isLast) return undefined;
        if (at === end) {
          cells.push('');
          return { end, lines };
        }
        continue;
      }
      if (code === LF) return { end: Math.min(piece + 1, end), lines };
      if (code === CR) {
        if (piece + 1 === end && !isLast) return undefined;
        if (piece + 1 === end || text.charCodeAt(piece + 1) === LF) return { end: Math.min(piece + 2, end), lines };
      }
      throw broken(line + lines - 1, 'there is text behind a closing quote');
    }
    let stop = at;
    let code = -1;
    for (; stop < end; stop += 1) {
      code = text.charCodeAt(stop);
      if (code === delimiter || code === LF) break;
      if (code === QUOTE) throw broken(line + lines - 1, 'a quote stands in the middle of a field');
    }
    if (stop === end && !isLast) return undefined;
    if (stop < end && code === delimiter) {
      cells.push(text.slice(at, stop));
      at = stop + 1;
      if (at < end) continue;
      if (!isLast) return undefined;
      cells.push('');
      return { end, lines };
    }
    cells.push(text.slice(at, stop > at && text.charCodeAt(stop - 1) === CR ? stop - 1 : stop));
    return { end: Math.min(stop + 1, end), lines };
  }
}

function lineEndsIn(value: string): number {
  let count = 0;
  for (let at = value.indexOf('\n'); at !== -1; at = value.indexOf('\n', at + 1)) count += 1;
  return count;
}

const broken = (line: number, what: string): InputError =>
  new InputError(['config', 'file'], `This file is not valid CSV: in line ${line} ${what}. Mend that line, or choose another delimiter.`);
