import type {
  DynamicContract, DynamicRequest, JsonSchema, OperationContext, OptionsHandler, SchemaHandler,
  WriteOptions, WriteResult,
} from '@weft/connector-sdk';
import { placesInside } from '@weft/connector-sdk/author';
import { tableOptions, withDatabase } from './connections.ts';
import type { Row } from './database.ts';
import { rowInput, rowReader, targetOf, writeRows } from './write-rows.ts';
import { shapeTable } from './shape-table.ts';
import { writeBatch } from './write-batch.ts';

/** What is read live in the form of an action that writes to a table: the tables, and the columns as fields to map. */
export const tableForm = {
  dynamic: {
    'config.table': { kind: 'options', source: 'tables', dependsOn: ['connection'] },
    input: { kind: 'schema', source: 'columns', dependsOn: ['connection', 'config.table'] },
  } satisfies Record<string, DynamicContract>,
  options: { tables: tableOptions satisfies OptionsHandler },
  schemas: { columns: columnsOf satisfies SchemaHandler },
};

/** The same for one that finds rows by key columns. */
export const keyedTableForm = {
  ...tableForm,
  dynamic: { ...tableForm.dynamic, input: { ...tableForm.dynamic.input, dependsOn: ['connection', 'config.table', 'config.keys'] } },
};

function columnsOf(context: OperationContext, { config }: DynamicRequest): Promise<JsonSchema> {
  // Insert has no keys; of upsert they may not be filled in yet.
  const keys = Array.isArray(config['keys']) ? config['keys'].map(String) : [];
  return withDatabase(context, (database) => rowInput(database, String(config['table'] ?? ''), keys));
}

interface IntoTable {
  table: string;
  makeMissing: boolean;
  /** Rows with the same values in these columns are updated; empty: rows are always added. */
  keys: string[];
}

/** What a mapping fills: the host has validated it as JSON, zod knows it as unknown values. */
/** As zod knows a row; what a mapping fills is JSON, so the casts to Row hold. */
type GivenRow = Record<string, unknown>;

/** @returns how many rows were written. */
export function rowInto({ table, makeMissing, keys }: IntoTable, given: GivenRow, context: OperationContext): Promise<number> {
  return withDatabase(context, async (database) => {
    const row = given as Row; // See GivenRow.
    if (makeMissing) await shapeTable(database, table, [row], keys);
    const target = await targetOf(database, table, keys);
    return writeRows(database, target, [rowReader(target)(row, context.exact && placesInside(context.exact, 'row'))]);
  });
}

export function rowsInto(
  { table, makeMissing, keys }: IntoTable,
  given: readonly GivenRow[],
  context: OperationContext,
  { exactOf }: Pick<WriteOptions, 'exactOf'>,
): Promise<Pick<WriteResult, 'failures'>> {
  return withDatabase(context, async (database) => {
    const rows = given as readonly Row[]; // See GivenRow.
    if (makeMissing) await shapeTable(database, table, rows, keys);
    return writeBatch(database, await targetOf(database, table, keys), rows, exactOf && ((index) => placesInside(exactOf(index), 'row')));
  });
}
