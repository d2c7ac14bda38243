import { createTestContext, describeConnector } from '@weft/connector-sdk/conformance';
import { describe, expect, it } from 'vitest';
import sql from './index.ts';

describeConnector(sql);

const context = () =>
  createTestContext({ connection: { scheme: 'sqlite', config: { file: 'tickets.sqlite' }, credentials: {} } });
const run = (operation: string, where: ReturnType<typeof context>, input: object, config: object) => {
  const handler = sql.operations[operation]?.run;
  if (!handler) throw new Error(`There is no operation ${operation}`);
  return handler(where, input as never, config as never);
};

describe('SQL steps on a SQLite file', () => {
  it('make the table from the first row, update by key, and read it back', async () => {
    const where = context();
    const config = { table: 'tickets', keys: ['id'], makeMissing: true };
    await run('upsert', where, { row: { id: 1, title: 'before' } }, config);
    await run('upsert', where, { row: { id: 1, title: 'after' } }, config);
    await run('insert', where, { row: { id: 2, title: 'another' } }, { table: 'tickets', makeMissing: false });
    await expect(run('query', where, { parameters: { least: 1 } }, { sql: 'SELECT * FROM tickets WHERE id >= :least ORDER BY id', limit: 10 })).resolves.toEqual({
      rows: [{ id: 1, title: 'after' }, { id: 2, title: 'another' }],
      count: 2,
      truncated: false,
    });
  });

  it('offer the tables and their columns', async () => {
    const where = context();
    await run('insert', where, { row: { id: 1, title: 'x' } }, { table: 'tickets', makeMissing: true });
    const insert = sql.operations['insert'];
    await expect(insert?.options?.['tables']?.(where, { config: {} })).resolves.toEqual([{ value: 'tickets', title: 'tickets' }]);
    const schema = await insert?.schemas?.['columns']?.(where, { config: { table: 'tickets' } });
    expect(Object.keys(schema?.properties?.['row']?.properties ?? {})).toEqual(['id', 'title']);
  });

  it('turn the names in a query into fields to map', async () => {
    const schema = await sql.operations['query']?.schemas?.['parameters']?.(context(), { config: { sql: 'SELECT :from, :to' } });
    expect(schema?.properties?.['parameters']?.required).toEqual(['from', 'to']);
  });

  it('say which parameter has no value', async () => {
    await expect(run('query', context(), {}, { sql: 'SELECT :from', limit: 1 })).rejects.toMatchObject({ path: ['input', 'parameters', 'from'] });
  });

  it('open no file outside the workspace', async () => {
    const outside = createTestContext({ connection: { scheme: 'sqlite', config: { file: '../weft.sqlite' }, credentials: {} } });
    await expect(run('query', outside, {}, { sql: 'SELECT 1', limit: 1 })).rejects.toThrow(/not a file name/);
  });

  it('test the connection', async () => {
    await expect(sql.testConnection?.(context())).resolves.toMatch(/Connected/);
  });
});
