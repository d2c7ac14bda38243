import { maxLine } from '../text/file-text.ts';
import type { BrokenRow, Cells, ScanOptions, Scanned } from './scan-rows.ts';

export interface QuotedRow extends Scanned {
  cells: Cells;
  /** It cannot be read; what stands behind `end` can be again. */
  broken?: BrokenRow;
}

type QuotedOptions = Pick<ScanOptions, 'delimiter' | 'isLast' | 'width'>;

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * A row with quotes in it.
 * @param from - where it begins.
 * @param line - the number of the line that it begins.
 * @returns undefined when the row is not complete.
 */
export function scanQuoted(text: string, from: number, line: number, options: QuotedOptions): QuotedRow | undefined {
  const { delimiter, isLast } = options;
  const end = text.length;
  const cells: Cells = [];
  let lines = 1;
  for (let at = from; ; ) {
    let stop = at;
    if (at < end && text.charCodeAt(at) === QUOTE) {
      let value = '';
      for (let piece = at + 1; ; piece = stop + 1) {
        const close = text.indexOf('"', piece);
        if (close === -1) {
          if (!isLast && end - from <= maxLine) return undefined;
          return brokenRow(text, from, line, { lines: 1, end: lineEndAt(text, from), what: 'a quote is opened and never closed' }, isLast);
        }
        // A quote at the end of what is there may be the first of two.
        if (close + 1 === end && !isLast) return undefined;
        value += text.slice(piece, close);
        stop = close + 1;
        if (text.charCodeAt(stop) !== QUOTE) break;
        value += '"';
      }
      cells.push(value);
      lines += lineEndsIn(value);
      if (stop < end && !isEnd(text.charCodeAt(stop), delimiter)) return behindQuote(text, from, stop, { line, lines }, options);
    } else {
      while (stop < end && !isEnd(text.charCodeAt(stop), delimiter)) stop += 1;
      cells.push(text.slice(at, stop));
    }
    if (stop === end) return isLast ? { end, lines, cells } : undefined;
    if (text.charCodeAt(stop) !== delimiter) {
      // A CR at the end of what is there may be half of a line end.
      return stop + 1 === end && text.charCodeAt(stop) === CR && !isLast ? undefined : { end: behindLineEnd(text, stop), lines, cells };
    }
    at = stop + 1;
    if (at === end && !isLast) return undefined;
  }
}

const isEnd = (code: number, delimiter: number): boolean => code === delimiter || code === LF || code === CR;

/**
 * Text behind a closing quote. Where that quote stands in a later line, the one that was opened is often the one too many: if the row's second
 * line reads as a row of the file before it comes, only the first line is broken.
 */
function behindQuote(text: string, from: number, at: number, { line, lines }: { line: number; lines: number }, options: QuotedOptions): QuotedRow | undefined {
  const first = lineEndAt(text, from);
  if (lines > 1 && options.width !== undefined && options.width > 1) {
    const second = scanQuoted(text, first, line + 1, { delimiter: options.delimiter, isLast: options.isLast });
    if (second && !second.broken && second.end < at && second.cells.length === options.width) {
      return brokenRow(text, from, line, { lines: 1, end: first, what: 'a quote is opened and not closed in its field' }, options.isLast);
    }
  }
  return brokenRow(text, from, line, { lines, end: lineEndAt(text, at), what: 'there is text behind a closing quote' }, options.isLast);
}

/** How far it goes is unknown until its line end has been read. */
function brokenRow(
  text: string,
  from: number,
  line: number,
  { lines, end, what }: { lines: number; end: number; what: string },
  isLast: boolean,
): QuotedRow | undefined {
  if (end === text.length && !isLast) return undefined;
  return { end, lines, cells: [], broken: { text: text.slice(from, end).replace(/(?:\r\n|\r|\n)$/, ''), line: line + lines - 1, what } };
}

/** Behind the next line end, or the end. */
function lineEndAt(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at += 1;
  return at < text.length ? behindLineEnd(text, at) : at;
}

const behindLineEnd = (text: string, at: number): number => at + (text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1);

const lineEndsIn = (value: string): number => (value.includes('\n') || value.includes('\r') ? (value.match(/\r\n|\r|\n/g)?.length ?? 0) : 0);
