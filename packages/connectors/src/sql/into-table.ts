import type { OperationContext, OptionsHandler, SchemaHandler, WriteResult } from '@weft/connector-sdk';
import { tableOptions, withDatabase } from './connections.ts';
import type { Row } from './database.ts';
import { rowInput, rowReader, targetOf, writeRows } from './rows.ts';
import { shapeTable } from './shape-table.ts';
import { writeBatch } from './write-batch.ts';

/** What is read live in the form of an action that writes to a table: the tables, and the columns as fields to map. */
export const tableForm = {
  dynamic: {
    'config.table': { kind: 'options' as const, source: 'tables', dependsOn: ['connection'] },
    input: { kind: 'schema' as const, source: 'columns', dependsOn: ['connection', 'config.table'] },
  },
  options: { tables: tableOptions satisfies OptionsHandler },
  schemas: { columns: ((context, { config }) => withDatabase(context, (database) => rowInput(database, String(config['table'] ?? '')))) satisfies SchemaHandler },
};

interface IntoTable {
  table: string;
  makeMissing: boolean;
  /** Rows with the same values in these columns are updated; empty: rows are always added. */
  keys: string[];
}

/** What a mapping fills: the host has validated it as JSON, zod knows it as unknown values. */
type GivenRow = Record<string, unknown>;

/** @returns how many rows were written. */
export function rowInto({ table, makeMissing, keys }: IntoTable, given: GivenRow, context: OperationContext): Promise<number> {
  return withDatabase(context, async (database) => {
    const row = given as Row;
    if (makeMissing) await shapeTable(database, table, [row], keys);
    const target = await targetOf(database, table, keys);
    return writeRows(database, target, [rowReader(target)(row)]);
  });
}

export function rowsInto({ table, makeMissing, keys }: IntoTable, given: readonly GivenRow[], context: OperationContext): Promise<Pick<WriteResult, 'failures'>> {
  return withDatabase(context, async (database) => {
    const rows = given as readonly Row[];
    if (makeMissing) await shapeTable(database, table, rows, keys);
    return writeBatch(database, await targetOf(database, table, keys), rows);
  });
}
