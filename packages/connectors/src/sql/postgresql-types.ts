import type pg from 'pg';
import { builtInTypes } from './codec/postgresql.ts';

/** The names of types by their numbers, a domain by what it is a domain of. The server is asked only for those of its own. */
export async function typeNames(client: pg.Client, oids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const own = [...new Set(oids)].filter((oid) => !builtInTypes.has(oid));
  if (own.length === 0) return builtInTypes;
  const { rows } = await client.query<{ oid: string; type: string }>(
    `WITH RECURSIVE base (oid, at) AS (
       SELECT t.oid, CASE WHEN t.typtype = 'b' AND t.typcategory = 'A' THEN t.typelem ELSE t.oid END FROM pg_type t WHERE t.oid = ANY ($1::oid[])
       UNION ALL SELECT b.oid, d.typbasetype FROM base b JOIN pg_type d ON d.oid = b.at AND d.typtype = 'd')
     SELECT b.oid, format_type(b.at, NULL) || CASE WHEN t.typtype = 'b' AND t.typcategory = 'A' THEN '[]' ELSE '' END AS type
       FROM base b JOIN pg_type x ON x.oid = b.at AND x.typtype <> 'd' JOIN pg_type t ON t.oid = b.oid`,
    [own],
  );
  return new Map([...builtInTypes, ...rows.map(({ oid, type }): [number, string] => [Number(oid), type])]);
}
