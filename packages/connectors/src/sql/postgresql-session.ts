import { connect } from 'node:net';
import type { NetworkGuard } from '@weft/connector-sdk';
import type pg from 'pg';
import { keep, takeKept } from './kept-sessions.ts';
import { explained } from './postgresql-failure.ts';
import { stopped } from './refusals.ts';
import { maxResultBytes, tooLarge } from './result-size.ts';

export interface PostgresqlConnection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** `verify` checks the certificate, `off` is for servers on the same machine. */
  tls: 'verify' | 'off';
}

/** What a session is opened with. */
export interface SessionParts {
  net: NetworkGuard;
  signal: AbortSignal;
  /** How long the step may take, milliseconds. Absent: as long as any. */
  timeoutMs?: number | undefined;
  /** Where sessions are kept between calls. Absent: each call has its own. */
  kept?: Map<string, unknown> | undefined;
}

export interface Session {
  client: pg.Client;
  /** From here on the server may send `maxResultBytes`; more ends the session, and the statement fails with the reason. */
  allowResult(): void;
  end(): Promise<void>;
}

/** The longest that a step may take. */
const maxStatementMs = 3_600_000;

/** A step ends its statement itself, with its own sentence; the server does where the step cannot any more. */
const graceMs = 2_000;

/**
 * What the codecs rely on, whatever the server is set to; and the server's own ends for a statement nobody waits for any more. The
 * last setting is not known to servers before PostgreSQL 14.
 */
const settingsFor = (timeoutMs: number) => `SET datestyle = 'ISO'; SET intervalstyle = 'iso_8601'; SET timezone = 'UTC'; SET extra_float_digits = 3;
SET bytea_output = 'hex'; SET statement_timeout = ${Math.min(maxStatementMs, Math.ceil(timeoutMs)) + graceMs}; SET cursor_tuple_fraction = 1;
SELECT set_config(name, '10s', false) FROM pg_settings WHERE name = 'client_connection_check_interval'`;

/** The values of a result are the server's text; codecs read them. */
const asText = { getTypeParser: () => (text: string) => text };

/** A session for one call, at the address that the guard pinned. The signal ends it, and the statement that is under way. */
export async function openSession(target: PostgresqlConnection, { net, signal, timeoutMs = maxStatementMs, kept }: SessionParts): Promise<Session> {
  const settings = settingsFor(timeoutMs);
  const { address } = await net.resolve(target.host, target.port);
  if (signal.aborted) throw stopped();
  const name = JSON.stringify(['postgresql', address, target]);
  const client = (kept && (await takeKept(kept, name, settings))) ?? (await newClient(target, address, settings, signal));
  const abort = () => {
    cancel(client, address, target.port);
    void client.end().catch(() => undefined);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  let received = 0;
  const count = (chunk: Buffer) => {
    received += chunk.byteLength;
    if (received > maxResultBytes) client.connection.stream.destroy(tooLarge());
  };
  client.connection.stream.on('data', count);
  return {
    client,
    allowResult: () => void (received = 0),
    async end() {
      signal.removeEventListener('abort', abort);
      client.connection.stream.off('data', count);
      if (kept && !signal.aborted && received <= maxResultBytes) keep(kept, name, client);
      else await client.end();
    },
  };
}

async function newClient(target: PostgresqlConnection, address: string, settings: string, signal: AbortSignal): Promise<pg.Client> {
  // Of no use before the first query: the server starts without it.
  const { Client } = (await import('pg')).default;
  const client = new Client({
    host: address,
    port: target.port,
    database: target.database,
    user: target.user,
    password: target.password,
    ssl: target.tls === 'verify' ? { servername: target.host } : false,
    connectionTimeoutMillis: 10_000,
    application_name: 'weft',
    types: asText,
  });
  // Without a listener a connection that breaks while idle would end the process; the next query reports it.
  client.on('error', () => undefined);
  // Who has not been let in has nothing to end in order.
  const abort = () => void client.connection.stream.destroy(stopped());
  signal.addEventListener('abort', abort, { once: true });
  try {
    await explained(async () => {
      await client.connect();
      await client.query(settings);
    });
    return client;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * A server does not notice that a statement is no longer awaited: it is cancelled over a second connection.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
function cancel(client: pg.Client, address: string, port: number): void {
  // The driver keeps both for its own cancelling; its types do not name them.
  const { processID, secretKey } = client as unknown as { processID: number | null; secretKey: number | null };
  if (processID === null || secretKey === null) return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80_877_102, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const socket = connect({ host: address, port, timeout: 5_000 }, () => socket.end(request));
  // The session ends all the same; a statement that goes on is ended by the server's own settings.
  socket.on('error', () => socket.destroy()).on('timeout', () => socket.destroy()).unref();
}
