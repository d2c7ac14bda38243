import { type ConnectionValues, InputError, type JsonObject, type WriteResult } from '@weft/connector-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { postgresqlBinaries, startPostgresql, type PostgresqlServer } from '../../test/postgresql-server.ts';
import { withDatabase } from './connections.ts';
import sql from './index.ts';

interface Written {
  change(text: string): Promise<number>;
  query(text: string): Promise<JsonObject[]>;
  write(operation: 'insert' | 'upsert', rows: object[], config?: object): Promise<WriteResult>;
}

/** What writing to every make of database must do; each make joins it. */
function describeWriting(name: string, connect: () => ConnectionValues, more: (database: Written) => void): void {
  describe(`writing to ${name}`, () => {
    let context: ReturnType<typeof createTestContext>;
    beforeEach(async () => {
      context = createTestContext({ connection: connect() });
      await change('DROP TABLE IF EXISTS mk');
    });
    const change = (text: string) => withDatabase(context, (database) => database.change(text));
    const query = (text: string) => withDatabase(context, async (database) => (await database.read(text, {}, 1_000)).rows as JsonObject[]);
    const write = (operation: 'insert' | 'upsert', rows: object[], config: object = {}) =>
      sql.operations[operation]!.write!(
        context,
        rows.map((row) => ({ row })) as never,
        { table: 'mk', makeMissing: false, keys: ['id'], ...config },
        { keyOf: String, adds: false },
      );
    const make = (rows: object[], config: object = {}) => write('insert', rows, { makeMissing: true, ...config });
    const all = () => query('SELECT * FROM mk ORDER BY id');

    it('keeps whole numbers whole in columns of text', async () => {
      await change('CREATE TABLE mk (id integer, order_no text, zip varchar(10), flag text)');
      expect(await write('insert', [{ id: 1, order_no: 4711, zip: 12345, flag: true }])).toEqual({ failures: [] });
      expect(await query(`SELECT order_no, zip, flag FROM mk WHERE order_no = '4711'`)).toEqual([{ order_no: '4711', zip: '12345', flag: 'true' }]);
    });

    it('a zero byte in a name, or in a query, is said to be there, and nothing is tried again', async () => {
      await change('CREATE TABLE mk (id integer)');
      const zero = { name: 'InputError', retryable: false };
      await expect(write('insert', [{ id: 1 }], { table: 'mk\0' })).rejects.toMatchObject({ ...zero, path: ['config', 'table'] });
      await expect(write('insert', [{ id: 1 }], { table: 'new\0', makeMissing: true })).rejects.toMatchObject({
        ...zero,
        message: expect.stringContaining('zero byte'),
      });
      await expect(write('insert', [{ id: 1, 'a\0b': 1 }], { table: 'new', makeMissing: true })).rejects.toMatchObject({
        ...zero,
        message: expect.stringContaining('zero byte'),
      });
      const asked = sql.operations['query']!.run!(context, {}, { sql: 'SELECT 1 AS a\0', limit: 1 });
      await expect(asked).rejects.toMatchObject({ ...zero, path: ['config', 'sql'] });
      expect(await query('SELECT count(*) AS c FROM mk')).toEqual([{ c: 0 }]);
    });

    it('keeps 64 bits, and reads numbers where they are exact', async () => {
      await change('CREATE TABLE mk (id bigint PRIMARY KEY, n bigint)');
      await write('insert', [{ id: '9007199254740993', n: 5 }, { id: 1, n: '7' }]);
      expect(await all()).toEqual([{ id: 1, n: 7 }, { id: '9007199254740993', n: 5 }]);
      expect(await query('SELECT count(*) AS c, sum(n) AS s FROM mk')).toEqual([{ c: 2, s: name === 'PostgreSQL' ? '12' : 12 }]);
    });

    it('a key that is spelt differently is one key, and the last row of it wins', async () => {
      await change('CREATE TABLE mk (id numeric PRIMARY KEY, title text)');
      expect(
        await write('upsert', [{ id: 1, title: 'a' }, { id: '1', title: 'b' }, { id: 1, title: 'c' }, { id: '1.0', title: 'd' }]),
      ).toEqual({ failures: [] });
      expect(await query('SELECT title FROM mk')).toEqual([{ title: 'd' }]);
    });

    it('what the database always fills itself is no field to map, and a row that has it is told so', async () => {
      await change('CREATE TABLE mk (id integer PRIMARY KEY, net integer, gross integer GENERATED ALWAYS AS (net * 2) STORED)');
      expect(await write('insert', [{ id: 1, net: 5 }, { id: 2, net: 5, gross: 10 }])).toEqual({
        failures: [{ index: 1, error: expect.objectContaining({ message: 'The database always fills the column "gross" of the table "mk" itself. Map nothing to it.' }) }],
      });
      expect(await all()).toEqual([{ id: 1, net: 5, gross: 10 }]);
      const { properties } = await sql.operations['insert']!.schemas!['columns']!(context, { config: { table: 'mk' } });
      expect(Object.keys(properties?.['row']?.properties ?? {})).toEqual(['id', 'net']);
      expect(JSON.stringify(await sql.operations['new-rows']!.schemas!['polled']!(context, { config: { table: 'mk' } }))).toContain('"gross"');
    });

    it('without a unique index over the key nothing is written, and what is missing is said once', async () => {
      await change('CREATE TABLE mk (id integer, title text)');
      const refused = write('upsert', Array.from({ length: 1_000 }, (_, id) => ({ id, title: 'x' })));
      await expect(refused).rejects.toMatchObject({
        path: ['config', 'keys'],
        message: expect.stringMatching(/“mk” has no unique index over “id”.*CREATE UNIQUE INDEX/),
      });
      expect(await all()).toEqual([]);
    });

    it('what a row is found by must be mapped, and a key without a unique index is told where it is mapped', async () => {
      await change('CREATE TABLE mk (id integer PRIMARY KEY, a integer, b integer, c integer, UNIQUE (a, b))');
      await change('CREATE UNIQUE INDEX mk_some ON mk (c) WHERE b > 0');
      const row = async (keys: string[]) =>
        (await sql.operations['upsert']!.schemas!['columns']!(context, { config: { table: 'mk', keys } })).properties?.['row'];
      for (const keys of [['id'], ['b', 'a']]) expect(await row(keys)).not.toHaveProperty('description');
      for (const keys of [['a'], ['c'], ['id', 'a']]) expect(await row(keys)).toMatchObject({ description: expect.stringContaining('no unique index over') });
      expect((await row(['b', 'a']))?.required).toEqual(expect.arrayContaining(['a', 'b']));
    });

    it('what is wrong with the table itself names it, and fails once', async () => {
      await change('CREATE VIEW mk_view AS SELECT 1 AS id UNION SELECT 2');
      await expect(write('insert', [{ id: 1 }], { table: 'mk_view' })).rejects.toMatchObject({
        path: ['config', 'table'],
        message: expect.stringContaining('mk_view'),
      });
      await change('DROP VIEW mk_view');
    });

    it('a value that fits no column is the fault of its row alone', async () => {
      await change('CREATE TABLE mk (id integer PRIMARY KEY, b BLOB)'.replace('BLOB', name === 'PostgreSQL' ? 'bytea' : 'BLOB'));
      const { failures } = await write('insert', [{ id: 1, b: 'AP8=' }, { id: 2, b: 'no bytes' }]);
      expect(failures?.map(({ index, error }) => [index, error instanceof InputError && error.path])).toEqual([[1, ['input', 'row', 'b']]]);
      expect(await all()).toEqual([{ id: 1, b: 'AP8=' }]);
    });

    it('a value that a column would change, or is none of its type, is named with its column and table', async () => {
      await change('CREATE TABLE mk (id integer PRIMARY KEY, amount numeric, size real)');
      const rows = [{ id: 1, amount: '12,5' }, { id: 2, amount: '007' }, { id: 3, amount: 12.5 }, { id: '4,5' }, { id: 5, size: '' }, { id: 6, size: '1.5' }];
      const { failures } = await write('insert', rows);
      expect(failures?.map(({ index, error }) => [index, error instanceof InputError && error.path.at(-1), error.message])).toEqual([
        [0, 'amount', 'The column "amount" of the table "mk" holds numbers, and “12,5” is none. Map a number, or leave the column out.'],
        [1, 'amount', expect.stringContaining('“007” would become 7')],
        [3, 'id', expect.stringContaining('“4,5” is none')],
        [4, 'size', expect.stringContaining('an empty text is none')],
      ]);
      expect((await all()).map(({ id, amount, size }) => [id, Number(amount), size])).toEqual([[3, 12.5, null], [6, 0, 1.5]]);
      await expect(sql.operations['insert']!.run!(context, { row: { id: 7, amount: '12,5' } }, { table: 'mk', makeMissing: false })).rejects.toMatchObject({
        kind: 'invalid_input',
        path: ['input', 'row', 'amount'],
      });
    });

    it('a number of any size is one in a JSON column where a mapping made it one', async () => {
      await change('CREATE TABLE mk (id integer, data json)');
      const exactOf = (index: number) => (index === 0 ? [['row', 'data', 'n']] : undefined);
      const row = (id: number) => ({ row: { id, data: { n: '9007199254740993', t: '9007199254740993' } } });
      await sql.operations['insert']!.write!(context, [row(1), row(2)], { table: 'mk', makeMissing: false }, { keyOf: String, adds: false, exactOf });
      await sql.operations['insert']!.run!({ ...context, exact: [['row', 'data', 'n']] }, row(3), { table: 'mk', makeMissing: false });
      const texts = (await query('SELECT CAST(data AS text) AS t FROM mk ORDER BY id')).map(({ t }) => String(t));
      const [number, text] = ['{"n":9007199254740993,"t":"9007199254740993"}', '{"n":"9007199254740993","t":"9007199254740993"}'];
      expect(texts).toEqual([number, text, number]);
    });

    it('a new table takes its shape from all rows of the first batch', async () => {
      const rows = [
        { id: 1, amount: 5 },
        { id: 2, amount: 5.5, note: 'x', open: true, tags: ['a'] },
        { id: 3, amount: null, mixed: 1 },
        { id: '9007199254740993', mixed: 'n/a' },
      ];
      expect(await make(rows)).toEqual({ failures: [] });
      const amount = (text: string) => (name === 'PostgreSQL' ? text : Number(text));
      const nothing = { amount: null, note: null, open: null, tags: null, mixed: null };
      expect(await all()).toEqual([
        { ...nothing, id: 1, amount: amount('5') },
        { ...nothing, id: 2, amount: amount('5.5'), note: 'x', open: true, tags: ['a'] },
        { ...nothing, id: 3, mixed: '1' },
        { ...nothing, id: '9007199254740993', mixed: 'n/a' },
      ]);
    });

    it('a null that comes first says nothing about its column', async () => {
      await make([{ id: 1, amount: null }, { id: 2, amount: 5 }]);
      expect((await all()).map(({ amount }) => amount)).toEqual([null, 5]);
    });

    it('a table that Weft has made gets the columns and the room that later rows need', async () => {
      await make([{ id: 1, amount: 5 }]);
      expect(await make([{ id: 2, amount: 5.5, note: 'x' }, { id: 3, amount: 'n/a' }])).toEqual({ failures: [] });
      const [one, two, three] = await all();
      expect([two?.['note'], three?.['amount'], one?.['note']]).toEqual(['x', 'n/a', null]);
      expect(String(two?.['amount'])).toBe('5.5');
    });

    it(`somebody else's table stays as it is, and says what it lacks`, async () => {
      await change('CREATE TABLE mk (id integer)');
      const { failures } = await make([{ id: 1 }, { id: 2, note: 'x' }]);
      expect(failures?.map(({ index, error }) => [index, error.message])).toEqual([[1, 'The table "mk" has no column "note".']]);
    });

    it('columns of a result that are called alike are all there', async () => {
      expect(await query('SELECT 1 AS a, 2 AS a, 3 AS "a 2"')).toEqual([{ a: 1, 'a 3': 2, 'a 2': 3 }]);
    });

    more({ change, query, write });
  });
}

describeWriting('SQLite', () => ({ scheme: 'sqlite', config: { file: 'mk.sqlite' }, credentials: {} }), ({ change, query, write }) => {
  it('columns that differ by nothing but case are refused once', async () => {
    const refused = {
      path: ['config', 'table'],
      message: 'The fields “name” and “Name” differ in capital letters only, and this database takes them for one column. Give one of them another name.',
    };
    await expect(write('insert', [{ id: 1, name: 'a', Name: 'b' }], { makeMissing: true })).rejects.toMatchObject(refused);
    await expect(write('insert', [{ id: 1, name: 'a' }, { id: 2, Name: 'b' }], { makeMissing: true })).rejects.toMatchObject(refused);
    await write('insert', [{ id: 1, name: 'a', é: 1, É: 2 }], { makeMissing: true });
    await expect(write('insert', [{ id: 2, Name: 'b' }], { makeMissing: true })).rejects.toMatchObject(refused);
    expect(await query('SELECT * FROM mk')).toEqual([{ id: 1, name: 'a', é: 1, É: 2 }]);
  });

  it('a text that a column of numbers would change is refused where Weft chose the column', async () => {
    await write('insert', [{ id: 1, zip: 10115 }], { makeMissing: true });
    const { failures } = await write('insert', [{ id: 2, zip: '01067' }, { id: 3, zip: 'n/a' }], { makeMissing: true });
    expect(failures?.map(({ index, error }) => [index, error.message])).toEqual([[0, expect.stringContaining('“01067” would become 1067')]]);
  });

  it('a column of ANY keeps what it is given where its table is strict', async () => {
    await change('CREATE TABLE mk (id integer, any ANY) STRICT');
    expect(await write('insert', [{ id: 1, any: '007' }])).toEqual({ failures: [] });
    expect(await query('SELECT any FROM mk')).toEqual([{ any: '007' }]);
  });

  it('columns that are declared as JSON or as true and false read as such', async () => {
    await change('CREATE TABLE mk (id integer, data json, open boolean)');
    await change(`INSERT INTO mk VALUES (1, '{"a":9007199254740993}', 1), (2, 'no json', 0)`);
    expect(await query('SELECT data, open FROM mk ORDER BY id')).toEqual([{ data: { a: '9007199254740993' }, open: true }, { data: 'no json', open: false }]);
  });
});

describe.runIf(postgresqlBinaries)('with a PostgreSQL server', () => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresql();
  }, 60_000);
  afterAll(() => server.stop());

  const connect = () => ({
    scheme: 'postgresql',
    config: { host: '127.0.0.1', port: server.port, database: server.database, tls: 'off' },
    credentials: { user: server.user, password: server.password },
  });
  const tables = async () => {
    const found = await sql.operations['insert']?.options?.['tables']?.(createTestContext({ connection: connect() }), { config: {} });
    return found?.map(({ value }) => value);
  };

  describeWriting('PostgreSQL', connect, ({ change, query, write }) => {
    it('tables of all schemas are offered, and are written to by the name that was offered', async () => {
      await change(`CREATE SCHEMA sales; CREATE SCHEMA "odd.one"; CREATE TABLE sales.orders (id integer PRIMARY KEY); CREATE TABLE "odd.one"."a ""b""" (id integer);
                    CREATE TABLE odd_orders (id integer); CREATE SCHEMA odd; CREATE TABLE odd."one.x" (id integer); CREATE TABLE "odd.one".x (id integer)`);
      const offered = await tables();
      expect(offered).toEqual(['odd_orders', '"odd"."one.x"', 'odd.one.a "b"', '"odd.one"."x"', 'sales.orders']);
      for (const [id, table] of offered!.entries()) expect(await write('insert', [{ id }], { table, keys: [] })).toEqual({ failures: [] });
      expect(await query('SELECT * FROM sales.orders')).toEqual([{ id: 4 }]);
      expect(await query('SELECT * FROM odd."one.x"')).toEqual([{ id: 1 }]);
      await change('DROP SCHEMA sales CASCADE; DROP SCHEMA "odd.one" CASCADE; DROP SCHEMA odd CASCADE; DROP TABLE odd_orders');
    });

    it('a missing table is made in the schema that its name says, and nowhere else', async () => {
      await change('CREATE SCHEMA sales');
      await write('insert', [{ id: 1 }], { table: 'sales.orders', makeMissing: true });
      expect(await tables()).toEqual(['sales.orders']);
      await expect(write('insert', [{ id: 1 }], { table: 'nowhere.orders', makeMissing: true })).rejects.toMatchObject({
        path: ['config', 'table'],
        message: expect.stringContaining('no schema "nowhere"'),
      });
      expect(await tables()).toEqual(['sales.orders']);
      await change('DROP SCHEMA sales CASCADE');
    });

    it('a table whose own name has a dot comes before one of that schema', async () => {
      await change('CREATE SCHEMA sales; CREATE TABLE sales.orders (id integer); CREATE TABLE "sales.orders" (id integer)');
      expect(await tables()).toEqual(['sales.orders', '"sales"."orders"']);
      await write('insert', [{ id: 1 }], { table: 'sales.orders', makeMissing: true });
      await write('insert', [{ id: 2 }], { table: '"sales"."orders"' });
      expect(await query('SELECT id FROM "sales.orders"')).toEqual([{ id: 1 }]);
      await change('DROP SCHEMA sales CASCADE; DROP TABLE "sales.orders"');
    });

    it('a name that would be cut is refused once', async () => {
      const long = 'é'.repeat(32);
      await expect(write('insert', [{ id: 1, [long]: 1 }], { makeMissing: true })).rejects.toMatchObject({
        path: ['config', 'table'],
        message: expect.stringContaining('63 bytes'),
      });
    });

    const tooLong = ['long'.repeat(16), 'é'.repeat(32), `public.${'x'.repeat(64)}`];
    it.each(tooLong)('a table that would get a part of its name is not made: %s', async (table) => {
      await expect(write('insert', [{ id: 1 }], { table, makeMissing: true })).rejects.toMatchObject({
        path: ['config', 'table'],
        message: expect.stringContaining('63 bytes'),
      });
      expect(await query(`SELECT count(*) AS c FROM pg_tables WHERE tablename ~ '^(longl|é|xx)'`)).toEqual([{ c: 0 }]);
    });

    it('a table whose name is longer is none that is there', async () => {
      const kept = 'y'.repeat(63);
      await change(`CREATE TABLE "${kept}" (id integer)`);
      await expect(write('insert', [{ id: 1 }], { table: `${kept}y` })).rejects.toMatchObject({ path: ['config', 'table'] });
      expect(await write('insert', [{ id: 1 }], { table: kept })).toEqual({ failures: [] });
      await change(`DROP TABLE "${kept}"`);
    });

    it('columns that differ by nothing but case are columns of their own', async () => {
      await write('insert', [{ id: 1, name: 'a', Name: 'b' }], { makeMissing: true });
      expect(await query('SELECT * FROM mk')).toEqual([{ id: 1, name: 'a', Name: 'b' }]);
    });

    it('null is null, but in a JSON column that may not be empty', async () => {
      await change('CREATE TABLE mk (id integer, a jsonb, b jsonb NOT NULL)');
      await write('insert', [{ id: 1, a: null, b: null }]);
      expect(await query('SELECT a IS NULL AS a, b::text AS b FROM mk')).toEqual([{ a: true, b: 'null' }]);
    });

    it('a text that is longer than its column is refused before it is cut, and a number out of its range', async () => {
      await change('CREATE TABLE mk (id smallint, code varchar(3), codes varchar(2)[])');
      const { failures } = await write('insert', [{ id: 1, code: 'abc', codes: ['ab'] }, { id: 2, code: 'abc ' }, { id: 40_000 }, { id: 4, codes: ['abc'] }]);
      expect(failures?.map(({ index, error }) => [index, error.message])).toEqual([
        [1, 'The column "code" of the table "mk" takes up to 3 characters, and “abc ” has 4.'],
        [2, 'The column "id" of the table "mk" holds whole numbers from -32768 to 32767, and 40000 is not one of them.'],
        [3, expect.stringContaining('"codes" of the table "mk" takes up to 2 characters')],
      ]);
    });

    it('a text is a text in JSON columns, and a list a list in columns of lists', async () => {
      await change('CREATE TABLE mk (id integer, data jsonb, tags text[], days date[])');
      const row = { id: 1, data: '{"a":1}', tags: ['a', 'b,c'], days: ['2026-03-29'] };
      expect(await write('insert', [row, { ...row, data: { a: 1 }, tags: [], days: null }])).toEqual({ failures: [] });
      expect(await query('SELECT jsonb_typeof(data) AS type, tags[2] AS tag, days FROM mk')).toEqual([
        { type: 'string', tag: 'b,c', days: ['2026-03-29'] },
        { type: 'object', tag: null, days: null },
      ]);
    });

    it('two spellings of one moment are one key, too', async () => {
      await change('CREATE TABLE mk (id timestamptz PRIMARY KEY, title text)');
      expect(await write('upsert', [{ id: '2026-01-01T00:00:00Z', title: 'a' }, { id: '2026-01-01T01:00:00+01:00', title: 'b' }])).toEqual({ failures: [] });
      expect(await query('SELECT * FROM mk')).toEqual([{ id: '2026-01-01T00:00:00Z', title: 'b' }]);
    });

    it('a trigger that refuses a row refuses that row', async () => {
      await change(`CREATE TABLE mk (id integer); CREATE OR REPLACE FUNCTION no_two() RETURNS trigger LANGUAGE plpgsql AS $$
                      BEGIN IF NEW.id = 2 THEN RAISE EXCEPTION 'no two'; END IF; RETURN NEW; END $$;
                    CREATE TRIGGER no_two BEFORE INSERT ON mk FOR EACH ROW EXECUTE FUNCTION no_two()`);
      const { failures } = await write('insert', [{ id: 1 }, { id: 2 }, { id: 3 }]);
      expect(failures?.map(({ index, error }) => [index, error.kind, error.message])).toEqual([[1, 'conflict', 'The database refused the row: no two.']]);
    });
  });
});
