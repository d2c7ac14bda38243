import { parse } from 'csv-parse/sync';

/** What the form offers, by name; `auto` looks at the first lines. */
export const delimiters = { auto: '', comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type Delimiter = keyof typeof delimiters;

const candidates = [',', ';', '\t', '|'];

/**
 * The character between the fields. Each candidate splits the first lines; the one that gives the most lines of the same
 * width wins, the wider one where two are equal. Quoted fields are read as such, so a comma inside them does not count.
 */
export function delimiterOf(text: string, chosen: Delimiter): string {
  if (chosen !== 'auto') return delimiters[chosen];
  const head = text.slice(0, 64 * 1024);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of candidates) {
    const score = evenness(head, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function evenness(text: string, delimiter: string): number {
  const rows: string[][] = parse(text, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, to: 50 });
  const width = rows[0]?.length ?? 0;
  if (width < 2) return 0;
  const even = rows.filter((row) => row.length === width).length;
  return (even / rows.length) * (1 + width / 1_000);
}
