/** What the form offers, by name; `auto` looks at the first rows. */
export type Header = 'auto' | 'yes' | 'no';

const looksAt = 50;

/**
 * Whether the first row names the columns. Nearly all files have such a row, so it takes proof that this one is data: a number, a
 * date or an e-mail address in a column that has nothing else below. A year is no proof: tables name their columns after years.
 */
export function hasHeader(records: readonly string[][], chosen: Header): boolean {
  if (chosen !== 'auto') return chosen === 'yes';
  const [first = [], ...below] = records.slice(0, looksAt);
  return !first.some((cell, column) => {
    const kind = kindOf(cell);
    if (kind === undefined || isYear(cell)) return false;
    const others = below.map((record) => record[column]?.trim() ?? '').filter((value) => value !== '');
    return others.length > 0 && others.every((value) => kindOf(value) === kind);
  });
}

function kindOf(text: string): string | undefined {
  return Object.keys(kinds).find((kind) => kinds[kind]?.test(text.trim()));
}

/** As people write them: with signs, units of money and either mark before the decimals. */
const kinds: Record<string, RegExp> = {
  number: /^[-+]?(?:[$€£]|kr\.?)?\s?\d[\d\s.,']{0,30}\s?(?:%|[$€£]|kr\.?)?$/,
  date: /^(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?:[T ]\d.{0,30})?$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
};

const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text.trim());
