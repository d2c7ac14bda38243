import type { Json } from '@weft/connector-sdk';
import { textOf } from './codec/codec.ts';
import { listOf } from './codec/lists.ts';
import { text } from './codec/texts.ts';
import { namedParameters } from './named-parameters.ts';

export interface PostgresqlQuery {
  text: string;
  names: readonly string[];
  /** Whether one of the values is a list. */
  hasLists: boolean;
  /** The values in the order of their marks, lists as the server's own or as JSON. */
  parameters(lists: 'lists' | 'json'): (string | null)[];
}

/**
 * A query of PostgreSQL with its parameters. `IN (:ids)` takes a list as `= ANY` does, and an empty one is none of all; elsewhere the server
 * finds out what a list is of by where it stands.
 */
export function postgresqlQuery(sql: string, values: Readonly<Record<string, Json>>): PostgresqlQuery {
  const { names, render } = namedParameters(sql);
  const text = render(
    (_name, position) => `$${position}`,
    ({ name, position, isNot, isList, written }) => {
      if (Array.isArray(values[name])) return isNot ? `<> ALL ($${position})` : `= ANY ($${position})`;
      // One value where a list is wanted is a list of one.
      return isList ? ` ${isNot ? 'NOT ' : ''}IN ($${position})` : written;
    },
  );
  return {
    text,
    names,
    hasLists: names.some((name) => Array.isArray(values[name])),
    parameters: (lists) => names.map((name) => parameterOf(values[name], lists)),
  };
}

/** The server finds out what a parameter's type is by where it stands. */
export function parameterOf(value: Json | undefined, lists: 'lists' | 'json' = 'lists'): string | null {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) && lists === 'lists' ? listOfTexts.write(value) : textOf(value);
}

const listOfTexts = listOf({ element: text, dimensions: 1, delimiter: ',' });

/** A query of SQLite, which knows no lists but those that it reads out of JSON. */
export function sqliteQuery(sql: string, values: Readonly<Record<string, Json>>): { text: string; names: readonly string[] } {
  const { names, render } = namedParameters(sql);
  const text = render(
    (name) => `:${name}`,
    ({ name, isNot, isList, written }) => {
      const hasList = Array.isArray(values[name]);
      if (!hasList && !isList) return written;
      return ` ${isNot ? 'NOT ' : ''}IN (SELECT value FROM json_each(${hasList ? `:${name}` : `json_array(:${name})`}))`;
    },
  );
  return { text, names };
}
