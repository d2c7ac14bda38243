import { InputError } from '@weft/connector-sdk';
import type pg from 'pg';
import { postgresqlCodec } from './codec/postgresql.ts';
import { quoted, type Column, type Table } from './database.ts';
import { typeNames } from './postgresql-types.ts';

/** What stands at a table that Weft has made, for people and for Weft itself. */
const made = 'Made by Weft: flows that fill it add columns and widen them.';

export const noteAt = (sql: string): string => `COMMENT ON TABLE ${sql} IS '${made}'`;

/** All tables and views that the user may see, those of the current schema by their bare name. */
export async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ schema: string; name: string; here: 't' | 'f' }>(
    `SELECT n.nspname AS schema, c.relname AS name, n.nspname = COALESCE(current_schema(), '') AS here
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE')
      ORDER BY here DESC, n.nspname, c.relname`,
  );
  const plain = rows.map(({ schema, name, here }) => (here === 't' ? name : `${schema}.${name}`));
  return rows.map(({ schema, name, here }, at) => {
    const text = plain[at] ?? name;
    // Two tables may be spelt alike, such as "sales.orders" here and orders in sales: then quotes tell them apart.
    return here === 't' || plain.filter((other) => other === text).length === 1 ? text : `${quoted(schema)}.${quoted(name)}`;
  });
}

interface ColumnRow {
  schema: string;
  table: string;
  note: string | null;
  /** A JSON list of lists of names. */
  uniques: string | null;
  name: string | null;
  type: string;
  dimensions: string;
  /** What stands in brackets behind the type, as the server keeps it; -1 for nothing. */
  modifier: string;
  nullable: 't' | 'f';
  generated: 't' | 'f';
  computed: 't' | 'f';
  key: 't' | 'f';
}

/** @param name - `orders`, `sales.orders` or `"sales"."orders"`; a table of the current schema that is called just so comes first. */
export async function tableOf(client: pg.Client, name: string): Promise<Table | undefined> {
  // The server would cut a longer name, and find another table by what is left.
  const places = placesOf(name).filter((place) => isName(place.name) && (place.schema === '' || isName(place.schema)));
  const { rows } = await client.query<ColumnRow>(
    `SELECT t.schema, t.name AS table, obj_description(t.oid, 'pg_class') AS note,
            (SELECT json_agg((SELECT json_agg(k.attname) FROM pg_attribute k
                                WHERE k.attrelid = t.oid AND k.attnum = ANY ((u.indkey::int2[])[0:u.indnkeyatts - 1])))
               FROM pg_index u WHERE u.indrelid = t.oid AND u.indisunique AND u.indisvalid AND u.indpred IS NULL AND u.indexprs IS NULL) AS uniques,
            a.attname AS name, a.atttypid AS type, a.attndims AS dimensions, a.atttypmod AS modifier,
            NOT a.attnotnull AS nullable, (a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '') AS generated,
            (a.attidentity = 'a' OR a.attgenerated <> '') AS computed, COALESCE(a.attnum = ANY (i.indkey), false) AS key
       FROM (SELECT c.oid, n.nspname AS schema, c.relname AS name
               FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS place (schema, name, at)
               JOIN pg_class c ON c.relname = place.name::name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
               JOIN pg_namespace n ON n.oid = c.relnamespace
                AND CASE WHEN place.schema = '' THEN n.nspname = ANY (current_schemas(false)) ELSE n.nspname = place.schema END
              ORDER BY place.at, array_position(current_schemas(false), n.nspname) LIMIT 1) t
       LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
      ORDER BY a.attnum`,
    [places.map(({ schema }) => schema), places.map((place) => place.name)],
  );
  const [first] = rows;
  if (!first) return undefined;
  const names = await typeNames(client, rows.map(({ type }) => Number(type)));
  const columns = rows.flatMap((row) => (row.name === null ? [] : [columnOf(row, row.name, names.get(Number(row.type)) ?? 'text')]));
  // Made by the statement above.
  const uniques = JSON.parse(first.uniques ?? '[]') as string[][];
  return { name, sql: `${quoted(first.schema)}.${quoted(first.table)}`, columns, uniques, isOurs: first.note === made };
}

function columnOf({ dimensions, modifier, nullable, generated, computed, key }: ColumnRow, name: string, base: string): Column {
  const type = base.endsWith('[]') ? base + '[]'.repeat(Math.max(0, Number(dimensions) - 1)) : base;
  return {
    name,
    type,
    codec: postgresqlCodec(withLength(type, Number(modifier))),
    nullable: nullable === 't',
    generated: generated === 't',
    computed: computed === 't',
    key: key === 't',
  };
}

export const maxNameBytes = 63;

const isName = (name: string): boolean => !name.includes('\0') && Buffer.byteLength(name) <= maxNameBytes;

/** The server keeps four more than the length. */
const withLength = (type: string, modifier: number): string => (modifier > 4 ? type.replace(/^character(?: varying)?/, `$&(${modifier - 4})`) : type);

/**
 * How a statement names a table that is yet to be made.
 * @throws {InputError} where the name begins with a schema that is not there: a table with a dot in its name would be made elsewhere. And for
 *   a name that would be cut.
 */
export async function newTableName(client: pg.Client, name: string): Promise<string> {
  const places = placesOf(name);
  const fits = (own: string): string => {
    if (isName(own)) return quoted(own);
    throw new InputError(
      ['config', 'table'],
      `The name “${own}” is too long for a table: this database keeps ${maxNameBytes} bytes of it. Choose a shorter name.`,
    );
  };
  const asked = places.filter(({ schema }) => schema !== '');
  if (asked.length === 0) return fits(places[0]?.name ?? name);
  const { rows } =
    await client.query<{ name: string }>('SELECT nspname AS name FROM pg_namespace WHERE nspname = ANY ($1::text[])', [asked.map(({ schema }) => schema)]);
  const place = asked.find(({ schema }) => rows.some((row) => row.name === schema));
  if (place) return `${quoted(place.schema)}.${fits(place.name)}`;
  throw new InputError(
    ['config', 'table'],
    `There is no schema "${asked[0]?.schema}" in this database, so the table "${name}" cannot be made. Make the schema first, or choose a name without a dot.`,
  );
}

/** What a name can mean, the likeliest first; `''` stands for the schemas that need no naming. */
function placesOf(name: string): { schema: string; name: string }[] {
  const inQuotes = /^(?:"((?:[^"]|"")+)"\.)?"((?:[^"]|"")+)"$/.exec(name);
  const dots = [...name.matchAll(/\./g)].map(({ index }) => ({ schema: name.slice(0, index), name: name.slice(index + 1) }));
  const plain = (part: string | undefined) => part?.replaceAll('""', '"') ?? '';
  const asQuoted = inQuotes ? [{ schema: plain(inQuotes[1]), name: plain(inQuotes[2]) }] : [];
  return [{ schema: '', name }, ...asQuoted, ...dots.filter((place) => place.schema !== '' && place.name !== '' && !inQuotes)];
}
