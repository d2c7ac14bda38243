import { sampleRows, type SampleRows } from './delimiter.ts';

/** A table that begins further down is not looked for. */
const maxAbove = 30;
/** Two fields are also a title with a value. */
const minWidth = 3;
const minShare = 0.6;

/**
 * How many lines stand above a table: a title, an account, a period, as banks and reports write them. It takes proof: most rows have the
 * same three fields or more, and those above the first of them at most half as many.
 * @param isWhole - the text is the whole file.
 */
export function linesAbove(text: string, isWhole: boolean): number {
  const samples = [';', ',', '\t', '|'].map((delimiter) => sampleRows(text, delimiter, isWhole));
  // A table from the first line on: what another character would make of its long texts says nothing.
  if (samples.some(isEven)) return 0;
  const found = samples.map(tableIn).filter((table) => table !== undefined);
  const above = found.toSorted((one, other) => other.fields - one.fields)[0]?.above ?? 0;
  return above === 0 ? 0 : above + emptyLines(text.slice(lengthOfLines(text, above)));
}

const isEven = ({ rows, broken }: SampleRows): boolean =>
  rows.length > 1 && broken === 0 && rows[0]!.length > 1 && rows.every((row) => row.length === rows[0]!.length);

function tableIn({ rows, endLines, broken }: SampleRows): { above: number; fields: number } | undefined {
  const width = commonest(rows.map((row) => row.length));
  const first = rows.findIndex((row) => row.length === width);
  if (width < minWidth || broken > 0 || first > maxAbove) return undefined;
  const even = rows.filter((row) => row.length === width).length;
  if (even < 2 || even / (rows.length - first) < minShare || rows.slice(0, first).some((row) => row.length > width / 2)) return undefined;
  return { above: first === 0 ? 0 : (endLines[first - 1] ?? 0), fields: width * even };
}

/** Of several that are as common the largest. */
function commonest(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && width > best)) best = width;
  }
  return best;
}

const emptyLines = (text: string): number => (/^(?:\r\n|\r|\n)*/.exec(text)?.[0].match(/\r\n|\r|\n/g) ?? []).length;

/** The characters of so many lines from the beginning of a text. */
export function lengthOfLines(text: string, count: number): number {
  const end = /\r\n|\r|\n/g;
  for (let line = 0; line < count; line += 1) if (!end.exec(text)) return text.length;
  return end.lastIndex;
}
