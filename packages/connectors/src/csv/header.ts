import type { Cells } from './scan-rows.ts';

/** What the form offers, by name; `auto` looks at the first rows. */
export type Header = 'auto' | 'yes' | 'no';

/**
 * Whether the first row names the columns. Nearly all files have such a row, so it takes proof that this one is data: a number, a
 * date or an e-mail address in a column that has nothing else below. Years are no proof, nor is a series beside a name (36, 37, 38): tables name
 * their columns so.
 */
export function hasHeader([first = [], ...below]: readonly Cells[]): boolean {
  if (isSeries(first)) return true;
  return !first.some((cell, column) => {
    const kind = kindOf(cell);
    if (kind === undefined || isYear(cell)) return false;
    const others = below.map((record) => record[column]?.trim() ?? '').filter((value) => value !== '');
    return others.length > 0 && others.every((value) => kindOf(value) === kind);
  });
}

/** A name, and behind it whole numbers or dates that go up by the same step: by one where they are only two. */
function isSeries(row: Cells): boolean {
  const names = row.filter((cell) => cell.trim() !== '' && kindOf(cell) === undefined);
  const steps = row.filter((cell) => kindOf(cell) !== undefined).map(placeOf);
  if (names.length === 0 || steps.length < 2 || steps.some(Number.isNaN)) return false;
  const gaps = steps.slice(1).map((place, at) => place - steps[at]!);
  if (steps.length === 2) return gaps[0] === 1;
  return gaps[0]! > 0 && gaps.every((gap) => gap === gaps[0]);
}

/** Where a cell stands in a series of numbers, or of days or months. */
function placeOf(cell: string): number {
  const text = cell.trim();
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const [, laterDay, laterMonth, laterYear] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text) ?? [];
  // Three in, three out; what was not found becomes NaN.
  const [y, m, d] = [year ?? laterYear, month ?? laterMonth, day ?? laterDay].map(Number) as [number, number, number];
  // Days of one month differ by days, firsts of months by months.
  return d === 1 ? y * 12 + m : Date.UTC(y, m - 1, d) / 86_400_000;
}

const kindOf = (text: string): string | undefined => Object.keys(kinds).find((kind) => kinds[kind]?.test(text.trim()));

/** As people write them: with signs, units of money and either mark before the decimals. A date with dots would be a number as well. */
const kinds: Record<string, RegExp> = {
  date: /^(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?:[T ]\d.{0,30})?$/,
  number: /^[-+]?(?:[$€£]|kr\.?)?\s?\d[\d\s.,']{0,30}\s?(?:%|[$€£]|kr\.?)?$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
};

const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text.trim());
