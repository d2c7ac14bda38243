import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanRows, type Cells } from './scan-rows.ts';

/** Reads a text in pieces, as it comes from a disk. */
function scan(text: string, { pieces = [text.length], delimiter = ',', most = 1_000_000 }: { pieces?: number[]; delimiter?: string; most?: number } = {}): Cells[] {
  const rows: Cells[] = [];
  let held = '';
  let line = 1;
  let offset = 0;
  for (let at = 0; offset < text.length || at === 0; at += 1) {
    const size = Math.max(1, pieces[at % pieces.length] ?? 1);
    held += text.slice(offset, offset + size);
    offset += size;
    const isLast = offset >= text.length;
    for (;;) {
      const before = rows.length;
      const { end, lines } = scanRows(held, 0, { delimiter: delimiter.charCodeAt(0), isLast, most, until: Infinity, line, take: (cells) => rows.push(cells) });
      held = held.slice(end);
      line += lines;
      if (rows.length - before < most) break;
    }
  }
  return rows;
}

const library = (text: string, delimiter = ','): Cells[] => parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'] });

describe('rows of a CSV text', () => {
  it('are what was written, however the text is cut into pieces', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'Ö', '🙂', ',', ';', '"', '\n', '\r\n', ' ', '1') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, pieces, lineEnd, trailing) => {
        const text = stringify(rows, { record_delimiter: lineEnd, quoted_match: /[\r\n]/ });
        const given = trailing ? text : text.slice(0, -lineEnd.length);
        expect(scan(given, { pieces })).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('are read as the library reads them, or refused as it refuses them', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '\n', ' '), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }), (given, pieces) => {
        expect(outcome(() => scan(given, { pieces }))).toEqual(outcome(() => library(given)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('may be taken a few at a time', () => {
    expect(scan('a,b\nc,d\ne,f', { most: 1 })).toEqual([['a', 'b'], ['c', 'd'], ['e', 'f']]);
  });

  it('keep empty fields, and skip empty lines', () => {
    expect(scan('a,,\n\n,\r\n"",x\n')).toEqual([['a', '', ''], ['', ''], ['', 'x']]);
  });

  it('name the line that is broken, lines inside quotes counted', () => {
    expect(() => scan('a,"b\nc"\nd,e"f\n')).toThrow(/in line 3 a quote stands in the middle/);
    expect(() => scan('a\n"b')).toThrow(/in line 2 a quote is opened and never closed/);
    expect(() => scan('"a"b')).toThrow(/in line 1 there is text behind a closing quote/);
  });
});

function outcome(work: () => Cells[]): Cells[] | 'refused' {
  try {
    return work();
  } catch {
    return 'refused';
  }
}
