/** What others have made: files, databases, the text of queries. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Step } from '@weft/flow';
import { call, calledFlow } from './flows.ts';
import type { Member } from './installation.ts';
import type { BadThing } from './thing.ts';

const ref = (connector: string, operation: string) => ({ connector, version: '1.0.0', operation });

/** @returns its bytes. */
function sqliteFile(statements: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'weft-neighbour-'));
  const path = join(folder, 'bad.sqlite');
  const database = new Database(path);
  database.exec(statements);
  database.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

async function connect(member: Member, scheme: string, config: object, credentials: object = {}): Promise<string> {
  const { status, body } = await member.send('POST', `/w/${member.workspace}/connections`, { title: scheme, connector: 'sql', scheme, config, credentials });
  if (status !== 200) throw new Error(`A connection was not taken: ${status} ${body}`);
  return (JSON.parse(body) as { id: string }).id;
}

const form = (member: Member, connector: string, operation: string, source: string, config: object, connection?: string) =>
  member.send('POST', `/w/${member.workspace}/schema`, { use: ref(connector, operation), source, config, connection });

const preview = (title: string, name: string, content: () => Uint8Array | string): BadThing => ({
  title,
  async prepare(member) {
    await member.upload(name, content());
    return () => member.send('GET', `/w/${member.workspace}/files/${name}/preview?again=1`);
  },
});

/** A server that gives whoever comes the same bytes, whatever is said to it. */
function answering(title: string, bytes: Uint8Array): BadThing {
  let server: Server | undefined;
  const sockets = new Set<Socket>();
  return {
    title,
    async prepare(member) {
      server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('data', () => socket.write(bytes));
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server?.once('listening', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      await member.send('PATCH', '/settings', { privateNetworks: ['127.0.0.0/8'] });
      const config = { host: '127.0.0.1', port, database: 'x', tls: 'off' };
      const connection = await connect(member, 'postgresql', config, { user: 'x', password: 'y' });
      return () => member.send('POST', `/w/${member.workspace}/connections/${connection}/test`, {});
    },
    async end() {
      for (const socket of sockets) socket.destroy();
      server?.close();
    },
  };
}

const message = (type: string, content: Uint8Array): Uint8Array => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
};

const change: Step = {
  kind: 'action',
  title: 'Insert',
  use: ref('sql', 'insert'),
  config: { table: 't' },
  input: { format: 'weft.mapping/1', rules: [{ id: 'r', to: ['row', 'n'], value: { const: 1 } }] },
  timeoutMs: 5_000,
};

const counted = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c';

export const foreign: BadThing[] = [
  preview('a database of eight kilobytes that is previewed with gigabytes', 'huge.sqlite', () =>
    sqliteFile(`CREATE TABLE t (n INTEGER, g AS (hex(zeroblob(30000000)))); INSERT INTO t (n) SELECT value FROM json_each('[${'1,'.repeat(199)}1]')`),
  ),
  preview('20,000 columns of one name', 'names.csv', () => `${'a,'.repeat(20_000)}a\n1\n`),
  preview('a file in which nothing ends', 'odd.csv', () => `"${';,|\t'.repeat(60_000)}`),
  {
    title: 'a trigger in a database that does not end',
    async prepare(member) {
      await member.upload(
        'loop.sqlite',
        sqliteFile(`CREATE TABLE t (n INTEGER); CREATE TABLE u (n INTEGER); CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO u ${counted}; END`),
      );
      const connection = await connect(member, 'sqlite', { file: 'loop.sqlite' });
      const url = await member.publish(calledFlow({ s: { ...change, connection } }));
      return (signal) => call(url, {}, signal);
    },
  },
  {
    title: 'a query that does not end, and a change of the same file',
    async prepare(member) {
      await member.upload('slow.sqlite', sqliteFile('CREATE TABLE t (n INTEGER)'));
      const connection = await connect(member, 'sqlite', { file: 'slow.sqlite' });
      const query: Step = { kind: 'action', title: 'Query', use: ref('sql', 'query'), connection, config: { sql: counted }, timeoutMs: 5_000 };
      const urls = [await member.publish(calledFlow({ s: query })), await member.publish(calledFlow({ s: { ...change, connection } }))];
      return (signal) => Promise.all(urls.map((url) => call(url, {}, signal)));
    },
  },
  {
    title: 'the columns of a file of 60 MB',
    async prepare(member) {
      await member.upload('long.csv', `id,name\n${'1234567,somebody or other\n'.repeat(2_400_000)}`);
      return () => form(member, 'csv', 'records', 'columns', { file: 'long.csv' });
    },
  },
  {
    title: 'the text of a query of 100,000 marks',
    async prepare(member) {
      const sql = Array.from({ length: 60_000 }, (_, n) => `$t${n}$`).join(' ');
      return () => form(member, 'sql', 'query', 'parameters', { sql });
    },
  },
  answering('a database that asks for Kerberos', message('R', Buffer.from([0, 0, 0, 7]))),
  answering('a database whose error has no end', message('E', Buffer.from('SFATAL\0Mbroken'))),
  answering(
    'a database that promises 30,000 columns',
    Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I')), message('T', Buffer.from([0x75, 0x30]))]),
  ),
];
