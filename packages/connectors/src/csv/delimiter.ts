import { scanRows, type Cells } from './scan-rows.ts';

/** What the form offers, by name; `auto` looks at the first rows. */
export const delimiters = { auto: '', comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type Delimiter = keyof typeof delimiters;

/** The rows at a file's beginning, as one character between the fields has them. */
export interface SampleRows {
  delimiter: string;
  rows: Cells[];
  /** The line in which each of them ends. */
  endLines: number[];
  /** Rows that cannot be read so. */
  broken: number;
}

/** So many rows decide about a file. */
const maxRows = 50;

/** @param isWhole - the text is the whole file; otherwise its last row may be cut and is left out. */
export function sampleRows(text: string, delimiter: string, isWhole: boolean): SampleRows {
  const sample: SampleRows = { delimiter, rows: [], endLines: [], broken: 0 };
  scanRows(text, 0, {
    delimiter: delimiter.charCodeAt(0),
    isLast: isWhole,
    most: maxRows,
    until: text.length,
    line: 1,
    take: (cells, endLine) => {
      sample.rows.push(cells);
      sample.endLines.push(endLine);
    },
    refuse: () => (sample.broken += 1),
  });
  return sample;
}

/**
 * The character between the fields. Each candidate splits the first rows; the one that gives the most rows of the same width wins, the wider one where
 * two are equal. Commas that all stand between digits belong to numbers as soon as another candidate splits as well.
 */
export function likeliest(text: string, isWhole: boolean): SampleRows {
  const [comma, ...others] = [',', ';', '\t', '|'].map((delimiter) => sampleRows(text, delimiter, isWhole)) as [SampleRows, ...SampleRows[]];
  const best = others.reduce((one, other) => (evenness(other) > evenness(one) ? other : one));
  if (evenness(best) > evenness(comma)) return best;
  return evenness(best) >= 1 && isDecimal(best.rows) ? best : comma;
}

function evenness({ rows, broken }: SampleRows): number {
  const width = rows[0]?.length ?? 0;
  if (width < 2) return 0;
  const even = rows.filter((row) => row.length === width).length;
  return (even / (rows.length + broken)) * (1 + width / 1_000);
}

/** Commas are there, each in a number. */
const isDecimal = (rows: readonly Cells[]): boolean => rows.flat().every((cell) => !cell.includes(',') || /^[^,]*\d,\d[^,]*$/.test(cell));
