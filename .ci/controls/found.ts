import type { Attack } from './control.ts';

const sql = 'packages/connectors/src/sql';
const server = 'apps/server/src';

/** What was found by trying on a running instance, mended since. */
export const found: readonly Attack[] = [
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
        off: 'if (this.context.turn && this.beginsAnew && steps > maxStepsOfTurn) throw new TurnIsOver(Number.POSITIVE_INFINITY);',
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
    ],
  },
  {
    id: 'A8',
    tried: 'Loops inside loops over 20,000 items in a mapping',
    controls: [
      {
        holds: 'a mapping stops where others would wait for it',
        file: 'packages/mapping/src/run.ts',
        off: 'if (this.turn.isOver(now) && this.beginsAnew) throw new TurnIsOver(ownMs);',
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
    id: 'A10',
    tried: 'Hundreds of pages that read no live updates, and large calls meanwhile',
    controls: [
      {
        holds: 'what waits for one reader is bounded',
        file: `${server}/events/event-stream.ts`,
        off: 'if (messages.length > 0 && bytes + message.byteLength > maxBytes) {',
        instead: 'if (false) {',
        tests: [`${server}/events/event-stream.test.ts`],
      },
      {
        holds: 'an event is written out once for all readers',
        file: `${server}/events/live-events.ts`,
        off: 'return () => (message ??= eventMessage(event));',
        instead: 'return () => (message = eventMessage(event));',
        tests: [`${server}/events/event-stream.test.ts`],
      },
      {
        holds: 'a reader that takes nothing is cut off',
        file: `${server}/events/event-stream.ts`,
        off: 'if (unread > maxUnread) cutOff(',
        instead: 'if (false) cutOff(',
        tests: [`${server}/events/event-stream.test.ts`],
      },
      {
        holds: 'a session has so many streams and no more',
        file: `${server}/events/open-streams.ts`,
        off: 'if (ofSession.length > perSession) replaceOldest',
        instead: 'if (false) replaceOldest',
        tests: [`${server}/events/open-streams.test.ts`, `${server}/http/events.test.ts`],
      },
      {
        holds: 'all together have so many streams and no more',
        file: `${server}/events/open-streams.ts`,
        off: 'if (open.size > inAll) {',
        instead: 'if (false) {',
        tests: [`${server}/events/open-streams.test.ts`],
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
    id: 'A13',
    tried: 'Ten uploads at once beyond the quota; a trigger that grows a database beyond it',
    controls: [
      {
        holds: 'who writes holds the room before the bytes come',
        file: `${server}/stores/files/space.ts`,
        off: 'held.set(workspaceId, (held.get(workspaceId) ?? 0) + bytes - own);',
        instead: '',
        tests: [`${server}/stores/files/file-store.test.ts`],
      },
      {
        holds: 'a database grows no further than there is room',
        file: `${sql}/sqlite-file.ts`,
        off: 'database.pragma(`max_page_count = ',
        instead: 'void (`',
        tests: [`${sql}/poisoned-file.test.ts`, `${server}/stores/files/growing-databases.test.ts`],
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
    id: 'A15',
    tried: 'Thousands of signals that no run waits for',
    controls: [
      {
        holds: 'signals of one flow that nobody waits for have a bound',
        file: `${server}/triggers/signal/unheard-signals.ts`,
        off: '(now?.signals ?? 0) <= signals && (now?.bytes ?? 0) <= bytes ? 1 : 0',
        instead: 'now ? 1 : 0',
        tests: [`${server}/triggers/signal/signal-receiver.test.ts`],
      },
    ],
  },
  {
    id: 'A16',
    tried: 'A recorded call, sent again under another id',
    controls: [
      {
        holds: 'a signature starts one run',
        file: `${server}/triggers/webhook/seen-signatures.ts`,
        off: 'rows: 1,',
        instead: '',
        tests: [`${server}/triggers/webhook/signed.test.ts`],
      },
    ],
  },
  {
    id: 'A17',
    tried: 'Another program that holds the database of Weft',
    controls: [
      {
        holds: 'calls wait outside of the database',
        file: `${server}/substrate/sqlite/group-commit.ts`,
        off: 'if (pauseMs !== undefined) {',
        instead: 'if (false) {',
        tests: [`${server}/db/locked.test.ts`],
      },
      {
        holds: 'nobody sleeps for long in SQLite',
        file: `${server}/db/open.ts`,
        off: 'db.$client.pragma(`busy_timeout = ${servingPatienceMs}`);',
        instead: '',
        tests: [`${server}/db/locked.test.ts`],
      },
    ],
  },
  {
    id: 'A18',
    tried: 'Hundreds of idle connections, bodies that hardly come',
    controls: [
      {
        holds: 'connections take a part of what the process may open, and no more',
        file: `${server}/listener.ts`,
        off: 'server.maxConnections = most;',
        instead: '',
        tests: [`${server}/few-files.test.ts`, `${server}/listener.test.ts`],
      },
      {
        holds: 'connections on which nothing was sent give way',
        file: `${server}/listener.ts`,
        off: 'if (open.size >= most) makeRoom();',
        instead: '',
        tests: [`${server}/listener.test.ts`],
      },
      {
        holds: 'a body that does not come is refused',
        file: `${server}/listener.ts`,
        off: 'if (!response.headersSent) socket.write(tooSlow);',
        instead: 'return;',
        tests: [`${server}/listener.test.ts`],
      },
      {
        holds: 'a file waits for its turn to be opened',
        file: `${server}/open-when-free.ts`,
        off: 'if (!isAllInUse(error)) throw error;',
        instead: 'throw error;',
        tests: [`${server}/open-when-free.test.ts`],
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
    id: 'A20',
    tried: 'Another name that leads to the server; the same host under another scheme',
    controls: [
      {
        holds: 'Weft answers under its own names only',
        file: `${server}/http/same-origin.ts`,
        off: "if (own.isOwnHost(request.headers.get('host'))) return;",
        instead: 'return;',
        tests: [`${server}/http/app.test.ts`],
      },
      {
        holds: 'a page of ours has the right scheme, too',
        file: `${server}/http/own-addresses.ts`,
        off: 'origin === `http://${host.toLowerCase()}`',
        instead: 'origin.endsWith(`://${host.toLowerCase()}`)',
        tests: [`${server}/http/app.test.ts`, `${server}/http/own-addresses.test.ts`],
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
  {
    id: 'A22',
    tried: 'A service that sends a token back in another form; secrets in the clear on the disk',
    controls: [
      {
        holds: 'a token is masked in hexadecimal and capitals',
        file: 'packages/connector-sdk/src/auth/secrets.ts',
        off: 'hex, hex.toUpperCase(),',
        instead: '',
        tests: [`${server}/runtime/mask-secrets.test.ts`],
      },
      {
        holds: 'a token is masked in base64',
        file: 'packages/connector-sdk/src/auth/secrets.ts',
        off: '...[0, 1, 2].flatMap((offset) => inBase64(bytes, offset)),',
        instead: '',
        tests: [`${server}/runtime/mask-secrets.test.ts`],
      },
      {
        holds: 'what stands under the name of a secret is sealed on the disk',
        file: `${server}/vault/sealed-fields.ts`,
        off: 'if (found.length === 0) return text;',
        instead: 'return text;',
        tests: [`${server}/vault/sealed-fields.test.ts`, `${server}/runs/kept-secrets.test.ts`],
      },
    ],
  },
  {
    id: 'A23',
    tried: 'Reading the database as another user of the machine',
    controls: [
      {
        holds: 'the database is for its user only',
        file: `${server}/db/open.ts`,
        off: '  keepPrivate(file);\n',
        instead: '',
        tests: [`${server}/db/locked.test.ts`],
      },
    ],
  },
  {
    id: 'A24',
    tried: 'Large answers to requests with an Idempotency-Key; a kill between the work and its answer',
    controls: [
      {
        holds: 'an answer that is too large is not kept',
        file: `${server}/stores/repeats/repeats.ts`,
        off: '(body.length > answerLength ? { status: notKept',
        instead: '(false ? { status: notKept',
        tests: [`${server}/stores/repeats/repeats.test.ts`],
      },
      {
        holds: 'of many answers the oldest go first',
        file: `${server}/stores/repeats/kept-answers.ts`,
        off: 'dropAnswers.run(userId, maxBytes);',
        instead: '',
        tests: [`${server}/stores/repeats/repeats.test.ts`],
      },
      {
        holds: 'an answer is kept in the commit of its work',
        file: `${server}/stores/repeats/repeats.ts`,
        off: "answered: (given) => [keep({ ...mark, ...(given === null ? answer(204, '') : answer(200, JSON.stringify(given))) })],",
        instead: 'answered: () => [],',
        tests: [`${server}/http/killed-post.test.ts`],
      },
    ],
  },
  {
    id: 'A25',
    tried: 'A disk that is full, for who is signed out and at the start',
    controls: [
      {
        holds: 'a start on a full disk says so',
        file: `${server}/start-problem.ts`,
        off: 'if (isDiskFull(error)) return',
        instead: 'if (false) return',
        tests: [`${server}/full-disk.test.ts`],
      },
      {
        holds: 'a sign-in takes the room that is kept for it',
        file: `${server}/identity/identity.ts`,
        off: 'if (!isDiskFull(error) || !spareRoom.release()) throw error;',
        instead: 'throw error;',
        tests: [`${server}/full-disk.test.ts`],
      },
    ],
  },
  {
    id: 'A26',
    tried: 'Several who claim an installation at once',
    controls: [
      {
        holds: 'a second claim at the same moment is told that there is an owner',
        file: `${server}/identity/identity.ts`,
        off: 'createdAt: now, updatedAt: now }).onConflictDoNothing(),\n          { rows: 1, otherwise: claimed },',
        instead: 'createdAt: now, updatedAt: now }),\n          { rows: 1, otherwise: claimed },',
        tests: [`${server}/http/me.test.ts`],
      },
    ],
  },
  {
    id: 'A27',
    tried: 'Headers of an answer that a proxy in front obeys',
    controls: [
      {
        holds: 'what is refused is told by kinds of headers',
        file: `${server}/triggers/webhook/answer-headers.ts`,
        off: ' || beginnings.some((beginning) => name.startsWith(beginning))',
        instead: '',
        tests: [`${server}/triggers/webhook/answer-headers.test.ts`],
      },
    ],
  },
  {
    id: 'A28',
    tried: 'Guessing passwords from all addresses of one IPv6 network; locking an owner out',
    controls: [
      {
        holds: 'failures are counted by network',
        file: `${server}/identity/network-of.ts`,
        off: "if (isIP(bare) !== 6) return address;",
        instead: 'return address;',
        tests: [`${server}/identity/network-of.test.ts`, `${server}/http/me.test.ts`],
      },
      {
        holds: 'an owner is not locked out where they are signed in',
        file: `${server}/identity/identity.ts`,
        off: 'if (!isSignedInFrom(email, network)) keys.push',
        instead: 'keys.push',
        tests: [`${server}/http/me.test.ts`],
      },
      {
        holds: 'after so many failures nobody tries for a while',
        file: `${server}/identity/throttle.ts`,
        off: 'if (count.taken >= allowed) {',
        instead: 'if (false) {',
        tests: [`${server}/http/me.test.ts`],
      },
    ],
  },
  {
    id: 'A29',
    tried: 'A stream of live updates that stays open for who is no member any more',
    controls: [
      {
        holds: 'a stream ends where its reader may not read any more',
        file: `${server}/events/event-stream.ts`,
        off: 'void mayRead?.().then((may) => may || end(), cutOff);',
        instead: '',
        tests: [`${server}/events/event-stream.test.ts`, `${server}/http/events.test.ts`],
      },
    ],
  },
  {
    id: 'A30',
    tried: 'Names that databases use for themselves, and table names that would be cut off',
    controls: [
      {
        holds: 'files and folders have no names that databases use for themselves',
        file: `${server}/stores/files/name.ts`,
        off: 'if (segments.some((segment) => /\\.(?:sqlite|db)-(?:wal|shm|journal)$/i.test(segment))) return',
        instead: 'if (false) return',
        tests: [`${server}/stores/files/file-store.test.ts`],
      },
    ],
  },
  {
    id: 'A31',
    tried: 'Finding out which names exist in a private network',
    controls: [
      {
        holds: 'one sentence is said of a name that is not there and of one that is private',
        file: 'packages/egress/src/resolve-host.ts',
        off: 'throw nowhereToBeFound(host, error);',
        instead: 'throw error;',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
    ],
  },
];
