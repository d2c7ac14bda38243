import { isObject, typesOf, type Json, type JsonObject, type JsonSchema } from '@weft/json-schema';
import { isDangerousName } from '@weft/json-schema/read';
import { parseNumber } from './number-field.tsx';
import { shown } from './use-leaf.ts';

/** A name and its value as they are typed. The id is the row's own: names change while they are typed, and may be there twice. */
export interface PairRow {
  id: string;
  name: string;
  text: string;
  /** What is stored, while its text is as it came. */
  stored?: Json;
}

/** The rows of a stored map, in its order. */
export const rowsOf = (value: unknown): PairRow[] =>
  isObject(value) ? Object.entries(value).map(([name, inner], at) => ({ id: `stored:${at}`, name, text: shown(inner), stored: inner })) : [];

/**
 * What the rows say: of two with one name the last one counts; those without a name, or with one that no object can have, say nothing.
 * @param values - the schema of each value.
 * @param hasOwnField - names that are written elsewhere.
 */
export function mapOf(rows: readonly PairRow[], values: JsonSchema, hasOwnField: (name: string) => boolean = () => false): JsonObject {
  const types = typesOf(values) ?? [];
  // Where text may stand too, 007 is a text.
  const numeric = types.some((type) => type === 'number' || type === 'integer') && !types.includes('string');
  const valueOf = ({ text, stored }: PairRow): Json => (stored !== undefined && shown(stored) === text ? stored : numeric ? (parseNumber(text) ?? '') : text);
  return Object.fromEntries(rows.filter(({ name }) => name !== '' && !isDangerousName(name) && !hasOwnField(name)).map((row) => [row.name, valueOf(row)]));
}

/** The name that two rows have. */
export const doubleName = (rows: readonly PairRow[]): string | undefined =>
  rows.find(({ name }, at) => name !== '' && rows.findIndex((other) => other.name === name) !== at)?.name;

/** Names and values from pasted text: `name: value`, or two cells of a table, a line each; undefined where it is a plain text. */
export function pairsFrom(text: string): { name: string; text: string }[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => /^\s*(:?[^:\t]+?)\s*(?:\t|:\s|:$)\s*(.*?)\s*$/.exec(line));
  if (pairs.length === 0 || pairs.includes(null)) return undefined;
  return pairs.map((match) => ({ name: match?.[1] ?? '', text: match?.[2] ?? '' }));
}
