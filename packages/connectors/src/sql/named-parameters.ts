import { InputError, type JsonObject } from '@weft/connector-sdk';
import { sqlTokens } from './sql-tokens.ts';

/** A query with `:name` parameters, taken apart. */
export interface NamedQuery {
  /** In order of first appearance. */
  names: string[];
  /** Those that stand where a list may go, such as `IN (:ids)`. */
  lists: ReadonlySet<string>;
  /**
   * The text with each parameter replaced.
   * @param among - what `IN (:ids)`, `= ANY(:ids)` and their opposites become, from the operator on. Default: as they are, with the mark.
   */
  render(mark: Mark, among?: (place: Among) => string): string;
}

type Mark = (name: string, position: number) => string;

/** A comparison with the values of one parameter. */
export interface Among {
  name: string;
  position: number;
  /** `NOT IN` and `<> ALL`. */
  isNot: boolean;
  /** As it is written, with the mark: `IN ($1)`. */
  written: string;
  /** Written so that a list is wanted: `= ANY(:ids)`. */
  isList: boolean;
}

/** Longer texts are programs, not queries. */
export const maxSqlLength = 100_000;

/** The text of a query out of a form that may not have been checked yet. @throws {InputError} at the field, for one that no database would read whole. */
export function sqlOf({ sql = '' }: JsonObject): string {
  const text = String(sql);
  if (text.includes('\0')) throw new InputError(['config', 'sql'], 'The query has a zero byte, at which databases end reading. Take it out.');
  if (text.length <= maxSqlLength) return text;
  throw new InputError(
    ['config', 'sql'],
    `A query has at most ${maxSqlLength.toLocaleString('en')} characters. Make it shorter, or keep part of it as a view in the database.`,
  );
}

/** Other places of lists: what takes one apart, compares with all of it, or names its type. */
const listPlaces =
  /\b(?:any|some|all|unnest|json_each|jsonb?_array_elements(?:_text)?)\s*\(\s*:([a-z_]\w*)|:([a-z_]\w*)\s*::\s*(?:jsonb?\b|[\w".()][\w". ()]*\[)/gi;

/** Finds the parameters of a query. */
export function namedParameters(sql: string): NamedQuery {
  const found = [...sqlTokens(sql)].filter((token) => token.kind === 'parameter' || token.kind === 'among');
  const names = [...new Set(found.map(({ name }) => name))];
  const positions = new Map(names.map((name, at) => [name, at + 1]));
  const lists = new Set(found.flatMap((token) => (token.kind === 'among' ? [token.name] : [])));
  for (const [, inside, cast] of sql.matchAll(listPlaces)) lists.add(inside ?? cast ?? '');
  return {
    names,
    lists,
    render(mark, ofAmong = ({ written }) => written) {
      const pieces: string[] = [];
      let done = 0;
      for (const token of found) {
        const { name, start, end } = token;
        const position = positions.get(name) ?? 0;
        pieces.push(sql.slice(done, start));
        done = end;
        if (token.kind === 'parameter') pieces.push(mark(name, position));
        else {
          const whole = sql.slice(start, end);
          const written = whole.replace(/:[a-z_]\w*(?=\s*\)$)/i, () => mark(name, position));
          pieces.push(ofAmong({ name, position, isNot: token.isNot, written, isList: !/^(?:not\s+)?in\b/i.test(whole) }));
        }
      }
      pieces.push(sql.slice(done));
      return pieces.join('');
    },
  };
}

/** A query as part of another one: without comments, which would swallow what follows, and without its last semicolon. */
export function inner(sql: string): string {
  let text = '';
  let done = 0;
  for (const { kind, start, end } of sqlTokens(sql)) {
    if (kind !== 'comment') continue;
    text += `${sql.slice(done, start)} `;
    done = end;
  }
  text = (text + sql.slice(done)).trim();
  let length = text.length;
  while (text[length - 1] === ';') length -= 1;
  return `\n${text.slice(0, length)}\n`;
}

/** Whether a text reads, by how it begins after blanks and comments; what it does in the end the database decides. */
export const beginsReading = (sql: string): boolean => /^(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|values)\b/i.test(sql);
