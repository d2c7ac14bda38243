import type { Attack } from '../control.ts';

const sql = 'packages/connectors/src/sql';
const server = 'apps/server/src';

/** Found by trying: programs and bytes of others that ended, froze or filled the server. */
export const foreignBytes: readonly Attack[] = [
  {
    id: 'A1',
    tried: 'A database that speaks malformed PostgreSQL, or asks for Kerberos',
    controls: [
      {
        holds: "drivers of databases run in guests, whose end is nobody else's",
        file: `${sql}/index.ts`,
        off: "  isolation: 'process',\n",
        instead: '',
        tests: [`${sql}/malformed-server.test.ts`, `${sql}/poisoned-file.test.ts`],
      },
      {
        holds: 'a guest that does not hear is killed from outside',
        file: 'packages/guests/src/host/converse.ts',
        off: 'grace = setTimeout(() => guest.kill(), graceMs);',
        instead: 'grace = setTimeout(() => undefined, graceMs);',
        tests: ['packages/guests/src/guests.test.ts'],
      },
      {
        holds: 'what the server died in three times is not begun again',
        file: `${server}/watchdog/guard.ts`,
        off: "if (count >= stoppedAt && task.by !== 'again'",
        instead: "if (false && task.by !== 'again'",
        tests: [`${server}/watchdog/guard.test.ts`],
      },
    ],
  },
  {
    id: 'A2',
    tried: 'Uploaded SQLite files whose columns, views and triggers take for ever or fill the memory',
    controls: [
      {
        holds: 'a result has so many bytes and no more',
        file: `${sql}/sqlite-query.ts`,
        off: 'if (bytes > maxResultBytes) throw tooLarge();',
        instead: '',
        tests: [`${sql}/poisoned-file.test.ts`],
      },
      {
        holds: 'a guest has no environment of ours',
        file: 'packages/guests/src/host/guest-process.ts',
        off: 'env: environment(), ',
        instead: '',
        tests: ['packages/guests/src/guests.test.ts'],
      },
      {
        holds: 'a guest reads and writes nothing of the machine',
        file: 'packages/guests/src/host/limits.ts',
        off: "'--permission',",
        instead: '',
        tests: ['packages/guests/src/guests.test.ts'],
      },
      {
        holds: 'an event loop that is frozen is told from one that waits, and ended from a thread beside it',
        file: `${server}/watchdog/silence.ts`,
        off: 'return isFrozen ? Math.round(silentMs) : undefined;',
        instead: 'return undefined;',
        tests: [`${server}/watchdog/silence.test.ts`],
      },
      {
        holds: 'a server that has died or was ended is started again',
        file: 'apps/server/supervise.sh',
        off: '  died=1\n',
        instead: '  exit "$code"\n',
        tests: [`${server}/watchdog/supervise.test.ts`],
      },
    ],
  },
  {
    id: 'A3',
    tried: 'A PostgreSQL query with limit 10 over millions of rows, and rows of megabytes',
    controls: [
      {
        holds: 'what is above the limit stays with the server',
        file: `${sql}/postgresql-rows.ts`,
        off: 'AS weft_rows LIMIT ${limit + 1}`',
        instead: 'AS weft_rows`',
        tests: [`${sql}/reading.test.ts`],
      },
      {
        holds: 'a result ends its session where it is too large',
        file: `${sql}/postgresql-session.ts`,
        off: 'if (received > maxResultBytes) client',
        instead: 'if (false) client',
        tests: [`${sql}/hostile-query.test.ts`],
      },
    ],
  },
  {
    id: 'A4',
    tried: 'Patterns of many parts over a megabyte of text',
    controls: [
      {
        holds: 'a pattern that is too much for whoever waits is not begun',
        file: 'packages/mapping/src/run.ts',
        off: 'if (this.context.turn && this.beginsAnew && steps > maxStepsOfTurn) throw new TurnIsOver(true);',
        instead: '',
        tests: ['packages/mapping/src/turn.test.ts'],
      },
      {
        holds: 'all patterns that one value meets have one budget',
        file: 'packages/json-schema/src/pattern.ts',
        off: 'workOfValue += work;',
        instead: '',
        tests: ['packages/json-schema/src/expansion.test.ts'],
      },
    ],
  },
  {
    id: 'A5',
    tried: 'Schemas of a few kilobytes that stand for a thousand million parts; uniqueItems over 20,000 objects',
    controls: [
      {
        holds: 'a schema with too many parts at once is a problem and not walked',
        file: 'packages/json-schema/src/expansion.ts',
        off: 'expansionOf(schema).atOnce <= maxAtOnce;',
        instead: 'expansionOf(schema).atOnce > 0;',
        tests: ['packages/flow/src/problems/problems.test.ts', 'packages/json-schema/src/expansion.test.ts'],
      },
      {
        holds: 'each part is counted once, however often it is referred to',
        file: 'packages/json-schema/src/expansion.ts',
        off: 'if (known !== undefined) return known;\n    if (open',
        instead: 'if (open',
        tests: ['packages/json-schema/src/expansion.test.ts'],
      },
      {
        holds: 'items are compared with those that look alike only',
        file: 'packages/json-schema/src/has-duplicate.ts',
        off: 'const key = canonical(item);',
        instead: "const key = '';",
        tests: ['packages/json-schema/src/has-duplicate.test.ts'],
      },
    ],
  },
  {
    id: 'A6',
    tried: 'CSV files of thousands of equal column names; the columns of a file of 310 MB',
    controls: [
      {
        holds: 'a suffix that was taken once is not tried again',
        file: 'packages/connectors/src/csv/column-names.ts',
        off: 'let suffix = suffixes.get(base) ?? 2;',
        instead: 'let suffix = 2;',
        tests: ['packages/connectors/src/csv/column-names.test.ts'],
      },
      {
        holds: 'a table has as many columns as a spreadsheet, and no more',
        file: 'packages/connectors/src/csv/form.ts',
        off: 'if (first.length > maxColumns) {',
        instead: 'if (false) {',
        tests: ['packages/connectors/src/csv/csv.test.ts'],
      },
    ],
  },
  {
    id: 'A7',
    tried: 'Megabytes of dollars, quotes and comments as the text of a query',
    controls: [
      {
        holds: 'the ends of texts between dollars are found at once',
        file: `${sql}/sql-tokens.ts`,
        off: 'const end = dollars.endOf(tag, place.end);',
        instead: "const found = sql.indexOf('$' + tag + '$', place.end);\n      const end = found === -1 ? undefined : found + tag.length + 2;",
        tests: [`${sql}/named-parameters.test.ts`],
      },
      {
        holds: 'a text that is no query any more is not looked through',
        file: `${sql}/named-parameters.ts`,
        off: 'if (text.length <= maxSqlLength) return text;',
        instead: 'return text;',
        tests: [`${sql}/named-parameters.test.ts`],
      },
    ],
  },
  {
    id: 'A8',
    tried: 'Loops inside loops over 20,000 items in a mapping',
    controls: [
      {
        holds: 'a mapping stops where others would wait for it',
        file: 'packages/mapping/src/run.ts',
        off: 'if (this.turn.isOver(now)) throw new TurnIsOver(false);',
        instead: '',
        tests: ['packages/mapping/src/turn.test.ts', 'packages/engine/src/long-mappings.test.ts'],
      },
      {
        holds: 'a mapping ends at its deadline',
        file: 'packages/mapping/src/run.ts',
        off: 'if (ownMs > this.deadlineMs) throw',
        instead: 'if (false) throw',
        tests: ['packages/mapping/src/turn.test.ts', 'packages/mapping/src/compile-mapping.test.ts'],
      },
      {
        holds: 'all lists that one mapping makes have a bound together',
        file: 'packages/mapping/src/run.ts',
        off: 'if (this.itemsMade > this.limits.maxItemsOfRun) {',
        instead: 'if (false) {',
        tests: ['packages/mapping/src/compile-mapping.test.ts', 'packages/mapping/src/functions/functions.test.ts', `${server}/runtime/mappings/long-mappings.test.ts`],
      },
    ],
  },
  {
    id: 'A9',
    tried: 'Long queries against a file that others write to meanwhile',
    controls: [
      {
        holds: 'calls of one workspace that wait in guests leave half of them to the others',
        file: 'packages/guests/src/host/pool.ts',
        off: " && count('call', workspaceId) < Math.ceil(maxCalls / 2)",
        instead: '',
        tests: ['packages/guests/src/guests.test.ts'],
      },
    ],
  },
  {
    id: 'A11',
    tried: 'COPY … TO PROGRAM, CHECKPOINT, LOCK and the like as a query',
    controls: [
      {
        holds: 'a query on PostgreSQL begins like one that reads',
        file: `${sql}/postgresql-rows.ts`,
        off: 'table|show|explain)\\b/i.test(inner(sql))) throw onlyReading();',
        instead: 'table|show|explain)\\b/i.test(inner(sql))) void onlyReading();',
        tests: [`${sql}/hostile-query.test.ts`],
      },
      {
        holds: 'a query on PostgreSQL only reads, however it begins',
        file: `${sql}/postgresql-rows.ts`,
        off: "await client.query('BEGIN TRANSACTION READ ONLY');",
        instead: "await client.query('BEGIN');",
        tests: [`${sql}/reading.test.ts`],
      },
    ],
  },
  {
    id: 'A12',
    tried: 'A step that times out while its query goes on at the database',
    controls: [
      {
        holds: 'a statement that nobody waits for is cancelled at the server',
        file: `${sql}/postgresql-session.ts`,
        off: 'cancel(client, address, target.port);\n    void',
        instead: 'void',
        tests: [`${sql}/hostile-query.test.ts`, `${sql}/reading.test.ts`],
      },
    ],
  },
  {
    id: 'A14',
    tried: "Sorting a gigabyte into the system's temporary folder",
    controls: [
      {
        holds: 'sorting takes memory, which is limited, and no files',
        file: `${sql}/sqlite-file.ts`,
        off: "database.pragma('temp_store = MEMORY');",
        instead: '',
        tests: [`${sql}/poisoned-file.test.ts`],
      },
    ],
  },
  {
    id: 'A19',
    tried: 'Documents of the largest size',
    controls: [
      {
        holds: 'problems are looked for in turns',
        file: 'packages/flow/src/problems/problems.ts',
        off: 'await rest();\n    endsAt',
        instead: 'endsAt',
        tests: ['packages/flow/src/problems/problems.test.ts'],
      },
      {
        holds: 'documents are read in turns',
        file: 'packages/flow/src/parse/parse-flow.ts',
        off: 'await rest();',
        instead: '',
        tests: ['packages/flow/src/parse/parse-flow.test.ts', 'packages/flow/src/problems/problems.test.ts'],
      },
    ],
  },
  {
    id: 'A21',
    tried: 'A view that tells where the file of a database lies',
    controls: [
      {
        holds: 'views and triggers call nothing but what is harmless everywhere',
        file: `${sql}/sqlite-file.ts`,
        off: "database.pragma('trusted_schema = OFF');",
        instead: '',
        tests: [`${sql}/poisoned-file.test.ts`],
      },
    ],
  },
];
