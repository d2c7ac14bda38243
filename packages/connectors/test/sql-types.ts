import type { Json } from '@weft/connector-sdk';

/** A type of column with values as a person writes them in SQL, and what Weft reads of each. */
export interface SqlType {
  type: string;
  values: readonly (readonly [sql: string, read: Json])[];
}

/** Every type of PostgreSQL that a table is likely to have, and what is special in it. */
export const postgresqlTypes: readonly SqlType[] = [
  { type: 'smallint', values: [['-32768', -32_768]] },
  { type: 'integer', values: [['0', 0], ['2147483647', 2_147_483_647]] },
  {
    type: 'bigint',
    values: [['7', 7], ['9007199254740991', 9_007_199_254_740_991], ['9007199254740993', '9007199254740993'], ['-9223372036854775808', '-9223372036854775808']],
  },
  { type: 'oid', values: [['4294967295', 4_294_967_295]] },
  {
    type: 'numeric',
    values: [['19.990', '19.990'], [`'NaN'`, 'NaN'], [`'-Infinity'`, '-Infinity'], ['12345678901234567890.123456789', '12345678901234567890.123456789']],
  },
  { type: 'numeric(10,2)', values: [['5', '5.00']] },
  { type: 'real', values: [['0.1', 0.1], [`'Infinity'`, 'Infinity']] },
  {
    type: 'double precision',
    values: [['0.1', 0.1], ['1e300', 1e300], ['123456789012345680', 123_456_789_012_345_680], [`'NaN'`, 'NaN'], [`'-Infinity'`, '-Infinity']],
  },
  { type: 'money', values: [['1234.5', '$1,234.50']] },
  { type: 'boolean', values: [['true', true], ['false', false]] },
  { type: 'text', values: [[`''`, ''], [`'NULL'`, 'NULL'], [`'{a,"b"}'`, '{a,"b"}'], [`'Ärger 🧺 \\ ''x'''`, `Ärger 🧺 \\ 'x'`]] },
  { type: 'character varying(20)', values: [[`'x '`, 'x ']] },
  { type: 'character(3)', values: [[`'x'`, 'x  ']] },
  { type: 'uuid', values: [[`'0190A1B2-0000-7000-8000-000000000000'`, '0190a1b2-0000-7000-8000-000000000000']] },
  {
    type: 'date',
    values: [
      [`'2026-03-29'`, '2026-03-29'],
      [`'1975-05-11'`, '1975-05-11'],
      [`'infinity'`, 'infinity'],
      [`'-infinity'`, '-infinity'],
      [`'0044-03-15 BC'`, '0044-03-15 BC'],
      [`'12026-01-01'`, '12026-01-01'],
    ],
  },
  {
    type: 'timestamp without time zone',
    values: [
      [`'2026-03-29 02:30:00.123456'`, '2026-03-29T02:30:00.123456'], [`'1975-05-11'`, '1975-05-11T00:00:00'], [`'infinity'`, 'infinity'],
      [`'0044-03-15 12:00 BC'`, '0044-03-15T12:00:00 BC'], [`'12026-01-01'`, '12026-01-01T00:00:00'],
    ],
  },
  {
    type: 'timestamp with time zone',
    values: [
      [`'2026-03-29 03:30:00.123456+02'`, '2026-03-29T01:30:00.123456Z'], [`'2026-10-25T00:30:00Z'`, '2026-10-25T00:30:00Z'], [`'-infinity'`, '-infinity'],
      [`'0044-03-15 12:00Z BC'`, '0044-03-15T12:00:00Z BC'], [`'12026-01-01Z'`, '12026-01-01T00:00:00Z'],
    ],
  },
  { type: 'timestamp(3) with time zone', values: [[`'2026-03-29T01:30:00.123456Z'`, '2026-03-29T01:30:00.123Z']] },
  { type: 'time without time zone', values: [[`'02:30:00.000001'`, '02:30:00.000001'], [`'24:00'`, '24:00:00']] },
  { type: 'time with time zone', values: [[`'02:30+05:30'`, '02:30:00+05:30']] },
  {
    type: 'interval',
    values: [[`'1 month 2 days 03:04:05.000006'`, 'P1M2DT3H4M5.000006S'], [`'-1 day -2 hours'`, 'P-1DT-2H'], [`'0'`, 'PT0S'], [`'1 year -1 day'`, 'P1Y-1D']],
  },
  { type: 'bytea', values: [[`'\\x00ff'`, 'AP8='], [`''`, '']] },
  {
    type: 'jsonb',
    values: [
      [`'{"a": [1, null, "x"]}'`, { a: [1, null, 'x'] }],
      [`'"hello"'`, 'hello'],
      [`'"{\\"a\\":1}"'`, '{"a":1}'],
      [`'5'`, 5],
      [`'true'`, true],
      [`'[]'`, []],
    ],
  },
  { type: 'json', values: [[`'{"a":1}'`, { a: 1 }], [`'"hello"'`, 'hello']] },
  { type: 'text[]', values: [[`'{}'`, []], [`ARRAY['a', 'b,c', NULL, 'NULL', '', '"', '\\', ' {x} ']`, ['a', 'b,c', null, 'NULL', '', '"', '\\', ' {x} ']]] },
  { type: 'integer[]', values: [[`'{1,2}'`, [1, 2]]] },
  { type: 'integer[][]', values: [[`'{{1,2},{3,NULL}}'`, [[1, 2], [3, null]]]] },
  { type: 'bigint[]', values: [[`'{9007199254740993,7}'`, ['9007199254740993', 7]]] },
  { type: 'numeric[]', values: [[`'{1234567890.123456789,NaN}'`, ['1234567890.123456789', 'NaN']]] },
  { type: 'double precision[]', values: [[`'{0.1,Infinity,NaN}'`, [0.1, 'Infinity', 'NaN']]] },
  { type: 'boolean[]', values: [[`'{t,f}'`, [true, false]]] },
  { type: 'date[]', values: [[`'{2026-03-29,infinity}'`, ['2026-03-29', 'infinity']]] },
  { type: 'timestamp without time zone[]', values: [[`'{"2026-03-29 02:30:00.123456"}'`, ['2026-03-29T02:30:00.123456']]] },
  { type: 'timestamp with time zone[]', values: [[`'{"2026-03-29 03:30:00+02"}'`, ['2026-03-29T01:30:00Z']]] },
  { type: 'interval[]', values: [[`ARRAY['1 day'::interval]`, ['P1D']]] },
  { type: 'bytea[]', values: [[`ARRAY['\\x00'::bytea, '\\xff'::bytea]`, ['AA==', '/w==']]] },
  { type: 'uuid[]', values: [[`'{0190a1b2-0000-7000-8000-000000000000}'`, ['0190a1b2-0000-7000-8000-000000000000']]] },
  { type: 'jsonb[]', values: [[`ARRAY['{"a":"b,c"}', '[1,[2]]', '"x"', '5']::jsonb[]`, [{ a: 'b,c' }, [1, [2]], 'x', 5]]] },
  { type: 'box[]', values: [[`'{(1,1),(0,0);(2,2),(1,1)}'`, ['(1,1),(0,0)', '(2,2),(1,1)']]] },
  { type: 'inet', values: [[`'192.168.0.1/24'`, '192.168.0.1/24']] },
  { type: 'macaddr', values: [[`'08:00:2b:01:02:03'`, '08:00:2b:01:02:03']] },
  { type: 'bit varying(8)', values: [[`B'0101'`, '0101']] },
  { type: 'point', values: [[`'(1.5,2)'`, '(1.5,2)']] },
  { type: 'int4range', values: [[`'[1,5)'`, '[1,5)']] },
  { type: 'tstzmultirange', values: [[`'{[2026-01-01Z,2026-01-02Z)}'`, '{["2026-01-01 00:00:00+00","2026-01-02 00:00:00+00")}']] },
  { type: 'tsvector', values: [[`'a fat cat'::tsvector`, `'a' 'cat' 'fat'`]] },
  { type: 'xml', values: [[`'<a/>'`, '<a/>']] },
  // Types of a database's own; the test makes them.
  { type: 'mood', values: [[`'so, so'`, 'so, so']] },
  { type: 'mood[]', values: [[`'{happy,"so, so"}'`, ['happy', 'so, so']]] },
  { type: 'amount', values: [['19.990', '19.990']] },
  { type: 'amount[]', values: [[`'{19.990}'`, ['19.990']]] },
  { type: 'days', values: [[`'{2026-03-29}'`, ['2026-03-29']]] },
  { type: 'place', values: [[`ROW('x, y', 1.50)`, '("x, y",1.50)']] },
];

/** SQLite's types are its storage classes; the declared type leans a value to one of them. */
export const sqliteTypes: readonly SqlType[] = [
  { type: 'INTEGER', values: [['7', 7], ['9007199254740993', '9007199254740993'], ['-9223372036854775808', '-9223372036854775808']] },
  { type: 'BIGINT', values: [['4711', 4711]] },
  { type: 'REAL', values: [['0.1', 0.1], ['5', 5], ['9e999', 'Infinity'], ['-9e999', '-Infinity'], ['1e300', 1e300]] },
  { type: 'NUMERIC(10,2)', values: [['19.99', 19.99], ['5', 5], ['9007199254740993', '9007199254740993']] },
  { type: 'STRING', values: [[`'n/a'`, 'n/a'], ['5', 5], [`'12,50'`, '12,50']] },
  { type: 'TEXT', values: [[`'4711'`, '4711'], [`'Ärger 🧺'`, 'Ärger 🧺'], [`''`, '']] },
  { type: 'VARCHAR(10)', values: [[`'12345'`, '12345']] },
  { type: 'BOOLEAN', values: [['1', true], ['0', false]] },
  { type: 'DATE', values: [[`'2026-03-29'`, '2026-03-29'], ['1774742400', 1_774_742_400]] },
  { type: 'DATETIME', values: [[`'2026-03-29 02:30:00.123456'`, '2026-03-29 02:30:00.123456']] },
  { type: 'BLOB', values: [[`x'00ff'`, 'AP8='], [`x''`, '']] },
  { type: 'BINARY(16)', values: [[`x'00ff'`, 'AP8=']] },
  { type: 'JSON', values: [[`'{"a":[1,null]}'`, { a: [1, null] }], [`'"hello"'`, 'hello'], ['5', 5], [`'[]'`, []]] },
  { type: '', values: [[`'x'`, 'x'], ['7', 7], ['1.5', 1.5]] },
];
