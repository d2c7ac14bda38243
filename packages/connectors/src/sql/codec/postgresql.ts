import { bytes } from './bytes.ts';
import type { Codec } from './codec.ts';
import { json } from './json.ts';
import { listOf } from './lists.ts';
import { day, duration, instant, timeOfDay, wallTime } from './moments.ts';
import { decimal, double, float, largeWhole, smallWhole, truth } from './numbers.ts';
import { text, textUpTo, uuid } from './texts.ts';

/** By the name that PostgreSQL's `format_type` gives; a type that is not here is a text. */
const byType: Readonly<Record<string, Codec<string>>> = {
  smallint: smallWhole(-(2 ** 15), 2 ** 15 - 1),
  integer: smallWhole(-(2 ** 31), 2 ** 31 - 1),
  oid: smallWhole(0, 2 ** 32 - 1),
  bigint: largeWhole,
  numeric: decimal,
  real: float,
  'double precision': double,
  boolean: truth,
  date: day,
  'timestamp without time zone': wallTime,
  'timestamp with time zone': instant,
  'time without time zone': timeOfDay,
  'time with time zone': timeOfDay,
  interval: duration,
  json,
  jsonb: json,
  bytea: bytes,
  uuid,
};

const made = new Map<string, Codec<string>>();

/**
 * The codec of a type of PostgreSQL, between the server's text and JSON. The text is that of a session with `datestyle ISO`,
 * `intervalstyle iso_8601`, `bytea_output hex` and `timezone UTC`.
 * @param type - as `format_type` writes it, a domain by what it is a domain of: `character varying(10)`, `timestamp(3) without
 * time zone`; a list with `[]` for each dimension. A length, `character varying(10)`, is kept to.
 */
export function postgresqlCodec(type: string): Codec<string> {
  const name = type.replaceAll(/\(.*?\)/g, '').trim();
  const brackets = /(?:\[\])+$/.exec(name)?.[0].length ?? 0;
  const length = /^character(?: varying)?\((\d+)\)/.exec(type)?.[1];
  const single = length === undefined ? text : textUpTo(Number(length));
  if (brackets === 0) return byType[name] ?? single;
  const known = made.get(name);
  if (known) return known;
  const inner = name.slice(0, -brackets);
  const codec = listOf({ element: byType[inner] ?? single, dimensions: brackets / 2, delimiter: inner === 'box' ? ';' : ',' });
  // Names of a database's own types are as many as there are databases.
  if (inner in byType) made.set(name, codec);
  return codec;
}

/**
 * Types that every server has under the same number, which is what a result names its columns' types by.
 * @see https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
 */
export const builtInTypes: ReadonlyMap<number, string> = new Map([
  ...pair('boolean', 16, 1000), ...pair('bytea', 17, 1001), ...pair('bigint', 20, 1016), ...pair('smallint', 21, 1005),
  ...pair('integer', 23, 1007), ...pair('text', 25, 1009), ...pair('oid', 26, 1028), ...pair('json', 114, 199),
  ...pair('real', 700, 1021), ...pair('double precision', 701, 1022), ...pair('character', 1042, 1014),
  ...pair('character varying', 1043, 1015), ...pair('date', 1082, 1182), ...pair('time without time zone', 1083, 1183),
  ...pair('timestamp without time zone', 1114, 1115), ...pair('timestamp with time zone', 1184, 1185), ...pair('interval', 1186, 1187),
  ...pair('time with time zone', 1266, 1270), ...pair('numeric', 1700, 1231), ...pair('uuid', 2950, 2951), ...pair('jsonb', 3802, 3807),
  ...pair('name', 19, 1003), ...pair('unknown', 705, 0),
]);

function pair(type: string, one: number, list: number): [number, string][] {
  return [[one, type], [list, `${type}[]`]];
}
