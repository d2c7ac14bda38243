import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanRows, type BrokenRow, type Cells } from './scan-rows.ts';

interface Scan {
  pieces?: readonly number[];
  delimiter?: string;
  most?: number;
  width?: number;
}

/** Reads a text in pieces, as it comes from a disk. */
function scan(text: string, { pieces = [text.length], delimiter = ',', most = 1_000_000, width }: Scan = {}): { rows: Cells[]; broken: BrokenRow[] } {
  const rows: Cells[] = [];
  const broken: BrokenRow[] = [];
  let held = '';
  let line = 1;
  let offset = 0;
  for (let at = 0; offset < text.length || at === 0; at += 1) {
    const size = Math.max(1, pieces[at % pieces.length] ?? 1);
    held += text.slice(offset, offset + size);
    offset += size;
    const isLast = offset >= text.length;
    for (;;) {
      const before = rows.length + broken.length;
      const given = { delimiter: delimiter.charCodeAt(0), isLast, most, until: Infinity, line, width };
      const { end, lines } = scanRows(held, 0, { ...given, take: (cells) => rows.push(cells), refuse: (row) => broken.push(row) });
      held = held.slice(end);
      line += lines;
      if (rows.length + broken.length - before < most) break;
    }
  }
  return { rows, broken };
}

/** A quote in a field that does not begin with one is read as written. */
const library = (text: string, relax: boolean): Cells[] =>
  parse(text, { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'], relax_quotes: relax });

describe('rows of a CSV text', () => {
  it('are what was written, however the text is cut into pieces', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'Ö', '🙂', ',', ';', '"', '\n', '\r\n', '\r', ' ', '1') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.array(
        fc.integer({ min: 1, max: 7 }),
        { minLength: 1, maxLength: 4 },
      ), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (rows, pieces, lineEnd, trailing) => {
        const text = stringify(rows, { record_delimiter: lineEnd, quoted_match: /[\r\n]/ });
        const given = trailing ? text : text.slice(0, -lineEnd.length);
        expect(scan(given, { pieces })).toEqual({ rows, broken: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('are read as the library reads them, a hundred thousand texts with every line end, and are broken where it refuses the text', { timeout: 60_000 }, () => {
    const random = seeded(20_260_301);
    const units = ['a', 'b', 'Ö', ',', ',', '"', '"', '\n', '\r\n', '\r', ' '];
    const differing: unknown[] = [];
    for (let round = 0; round < 100_000; round += 1) {
      const text = Array.from({ length: random(24) }, () => units[random(units.length)]).join('');
      const { rows, broken } = scan(text, { pieces: [1 + random(5), 1 + random(9)] });
      const expected = outcome(() => library(text, broken.length === 0));
      const agrees = broken.length > 0 ? expected === 'refused' : JSON.stringify(rows) === JSON.stringify(expected);
      if (!agrees) differing.push({ text, rows, broken, expected });
    }
    expect(differing).toEqual([]);
  });

  it('may be taken a few at a time', () => {
    expect(scan('a,b\nc,d\ne,f', { most: 1 }).rows).toEqual([['a', 'b'], ['c', 'd'], ['e', 'f']]);
  });

  it('keep empty fields, and skip empty lines', () => {
    expect(scan('a,,\n\n,\r\n"",x\n').rows).toEqual([['a', '', ''], ['', ''], ['', 'x']]);
  });

  it('end with LF, CRLF or CR, whichever comes', () => {
    expect(scan('a\nb\r\nc\rd\r\r\n"e"\r\n"f\r"\rg').rows).toEqual([['a'], ['b'], ['c'], ['d'], ['e'], ['f\r'], ['g']]);
  });

  it('have quotes as written in fields that do not begin with one', () => {
    expect(scan('TV 55" "OLED",1\n"a ""b""",2\n').rows).toEqual([['TV 55" "OLED"', '1'], ['a "b"', '2']]);
  });

  it('name the line that is broken, lines inside quotes counted, and go on behind it', () => {
    expect(scan('a,"b\nc"\nd,e\n"f"g,"h\ni,j')).toEqual({
      rows: [['a', 'b\nc'], ['d', 'e'], ['i', 'j']],
      broken: [{ text: '"f"g,"h', line: 4, what: 'there is text behind a closing quote' }],
    });
    expect(scan('a\n"b\nc\n')).toEqual({ rows: [['a'], ['c']], broken: [{ text: '"b', line: 2, what: 'a quote is opened and never closed' }] });
  });

  it('are not swallowed by a quote too many: what reads as rows of the file is no text of a field', () => {
    const text = 'a,"b\nc,d\ne,"f" g\nh,i\n';
    expect(scan(text, { width: 2, pieces: [3] })).toMatchObject({
      rows: [['c', 'd'], ['h', 'i']],
      broken: [{ text: 'a,"b', line: 1 }, { text: 'e,"f" g', line: 3 }],
    });
    expect(scan('a,"b\nc" d,e\nh,i\n', { width: 2 })).toMatchObject({ rows: [['h', 'i']], broken: [{ text: 'a,"b\nc" d,e', line: 2 }] });
  });
});

function outcome(work: () => Cells[]): Cells[] | 'refused' {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) return 'refused';
    throw error;
  }
}

/** Numbers below a limit, the same in every run (mulberry32). */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) % limit) | 0;
  };
}
