/**
 * A program of its own, because a process has one time zone: reads every type of a database through the connector, writes what was
 * read into a table of the same columns, and tells what came of it. Its argument is the connection, its output a line of JSON.
 */
import type { ConnectionValues, Json, JsonObject } from '@weft/connector-sdk';
import { asSchema, assignable, inferSchema, type Assignability, type SubSchema } from '@weft/json-schema';
import { createAjvValidator } from '@weft/json-schema/ajv';
import sql from '../src/sql/index.ts';
import { withDatabase } from '../src/sql/connections.ts';
import { createTestContext } from './context.ts';
import { postgresqlTypes, sqliteTypes, type SqlType } from './sql-types.ts';

/** What became of one value. */
export interface CopiedValue {
  type: string;
  read: Json;
  /** The value in both tables, as the database writes it. */
  held: Json;
  copied: Json;
  /** What the schemas of the column have against the value that was read. */
  refused: string[];
  /** Whether a mapping to the column may be published: from the column's own schema, and from one learned of the value. */
  publishes: Assignability['answer'][];
}

const { connection, folder } = JSON.parse(process.argv[2] ?? '{}') as { connection: ConnectionValues; folder: string };
const context = createTestContext({ connection, folder });
const isSqlite = connection.scheme === 'sqlite';
const validator = createAjvValidator();

process.stdout.write(JSON.stringify({
  offset: new Date('2026-07-01T00:00:00Z').getTimezoneOffset(),
  values: await copyAll(isSqlite ? sqliteTypes : postgresqlTypes, `t${process.pid}`),
}));

/** One table with a column for each type, and in each row the next value of each; in the last one none. */
async function copyAll(types: readonly SqlType[], table: string): Promise<CopiedValue[]> {
  const count = Math.max(...types.map(({ values }) => values.length));
  await withDatabase(context, async (database) => {
    const columns = types.map(({ type }, at) => `c${at} ${type}`).join(', ');
    for (const name of [table, `${table}_copy`]) await database.change(`CREATE TABLE ${name} (id integer PRIMARY KEY, ${columns})`);
    for (let row = 0; row <= count; row += 1) await database.change(
      `INSERT INTO ${table} VALUES (${[row, ...types.map(({ values }) => values[row]?.[0] ?? 'NULL')].join(', ')})`,
    );
  });
  const rows = await query(`SELECT * FROM ${table} ORDER BY id`);
  const sink = sql.operations['insert']?.write;
  if (!sink) throw new Error('Inserting is no sink.');
  const { failures = [] } = await sink(context, rows.map((row) => ({ row })), { table: `${table}_copy`, makeMissing: false }, { keyOf: String, adds: false });
  const [refusal] = failures;
  if (refusal) throw refusal.error;

  const [held, copies] = [await heldIn(table, types), await heldIn(`${table}_copy`, types)];
  const [read, write] = [await columnSchemas('new-rows', 'polled', table), await columnSchemas('insert', 'columns', table)];
  return types.flatMap(({ type, values }, at) =>
    [...values.keys(), count].map((row): CopiedValue => {
      const value = rows[row]?.[`c${at}`] ?? null;
      // A column without a schema takes nothing.
      const [from, to] = [asSchema(read[`c${at}`] ?? false), asSchema(write[`c${at}`] ?? false)];
      return {
        type,
        read: value,
        held: held[row]?.[`c${at}`] ?? null,
        copied: copies[row]?.[`c${at}`] ?? null,
        refused: [from, to].flatMap((schema) => validator.validate(schema, value).map(({ message }) => message)),
        publishes: [assignable(from, to).answer, assignable(inferSchema([value]), to).answer],
      };
    }),
  );
}

/** As text, with its storage class where that may differ. */
function heldIn(table: string, types: readonly SqlType[]): Promise<JsonObject[]> {
  const columns = types.map((_, at) => (isSqlite ? `typeof(c${at}) || ':' || quote(c${at}) AS c${at}` : `c${at}::text AS c${at}`));
  return query(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY id`);
}

async function query(text: string): Promise<JsonObject[]> {
  const result = (await sql.operations['query']?.run?.(context, {}, { sql: text, limit: 100 })) as { rows: JsonObject[] };
  return result.rows;
}

async function columnSchemas(operation: string, handler: string, table: string): Promise<Record<string, SubSchema>> {
  const schema = await sql.operations[operation]?.schemas?.[handler]?.(context, { config: { table } });
  const row = schema?.properties?.[operation === 'insert' ? 'row' : 'item'];
  return row?.properties ?? {};
}
