import { scanQuoted } from './scan-quoted.ts';

/** A row as it stands in the file. */
export type Cells = string[];

/** A row that cannot be read. */
export interface BrokenRow {
  /** As it stands in the file. */
  text: string;
  /** The line in which it breaks. */
  line: number;
  /** What is wrong there, behind "in line 5". */
  what: string;
}

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
  /** At most so many rows, broken ones included. */
  most: number;
  /** No row begins here or behind. */
  until: number;
  /** The number of the line at `from`, for messages. */
  line: number;
  /** Fields of a row, where that is known: tells whether what follows a broken row is one. */
  width?: number;
  /** @param line - in which the row ends. */
  take: (cells: Cells, line: number) => void;
  refuse: (row: BrokenRow) => void;
}

/**
 * Takes complete rows out of a text, as RFC 4180 has them: fields in quotes may hold delimiters, line ends and doubled quotes. A quote in a field that
 * does not begin with one is read as written. Rows end with LF, CRLF or CR, each as it comes; empty lines are no rows. The next delimiter, line end
 * and quote are looked for by the engine's own search and remembered until they are passed, which is what makes streams of millions of rows quick.
 * @param from - where a row begins.
 */
export function scanRows(text: string, from: number, options: ScanOptions): Scanned {
  const { delimiter, isLast, most, until, line, take } = options;
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
  let nextLf = -1;
  let nextCr = -1;
  for (let taken = 0; taken < most && at < end && at < until; ) {
    if (nextLf < at) nextLf = find('\n', at);
    if (nextCr < at) nextCr = find('\r', at);
    const stop = nextCr < nextLf ? nextCr : nextLf;
    if (nextQuote < at) nextQuote = find('"', at);
    if (nextQuote < stop) {
      const row = scanQuoted(text, at, line + lines, options);
      if (!row) break;
      at = row.end;
      lines += row.lines;
      if (row.broken) options.refuse(row.broken);
      else take(row.cells, line + lines - 1);
      taken += 1;
      continue;
    }
    // Rows without quotes: nearly all there are. A CR at the end of what is there may be half of a line end.
    if (stop === end ? !isLast : nextCr + 1 === end && stop === nextCr && !isLast) break;
    const cells: Cells = [];
    let field = at;
    if (nextDelimiter < at) nextDelimiter = find(separator, at);
    while (nextDelimiter < stop) {
      cells.push(text.slice(field, nextDelimiter));
      field = nextDelimiter + 1;
      nextDelimiter = find(separator, field);
    }
    at = nextCr + 1 === nextLf ? nextLf + 1 : stop + 1;
    lines += 1;
    // An empty line; one with a delimiter is a row of empty fields.
    if (cells.length === 0 && stop === field) continue;
    cells.push(text.slice(field, stop));
    take(cells, line + lines - 1);
    taken += 1;
  }
  return { end: Math.min(at, end), lines };
}
