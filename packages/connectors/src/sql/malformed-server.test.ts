import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ConnectorError } from '@weft/connector-sdk';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTestContext, loopbackEgress } from '../../test/context.ts';
import { isolated } from '../../test/isolated.ts';
import { malformed, startMalformed, type Malformed } from '../../test/malformed-postgresql.ts';
import inProcess from './index.ts';

/** So many servers are tried at once. */
const lanes = 10;

const sql = isolated(inProcess, { maxCalls: lanes });

/** What *Test connection* says about a server that speaks like this, and whether the next call of the workspace works. */
async function tried(form: Malformed, workspaceId: string): Promise<string> {
  const server = await startMalformed(form);
  onTestFinished(server.stop);
  const config = { host: '127.0.0.1', port: server.port, database: 'x', tls: 'off' };
  const connection = { scheme: 'postgresql', config, credentials: { user: 'x', password: 'x' } };
  const context = createTestContext({ connection, egress: loopbackEgress, workspaceId, signal: AbortSignal.timeout(2_000) });
  const sentence = await sql.testConnection!(context).catch((error: unknown) => (error instanceof ConnectorError ? error.message : String(error)));
  const next = createTestContext({ connection: { scheme: 'sqlite', config: { file: 'x.sqlite' }, credentials: {} }, workspaceId });
  await expect(sql.operations['query']!.run!(next, {}, { sql: 'SELECT 1 AS one', limit: 1 })).resolves.toMatchObject({ rows: [{ one: 1 }] });
  return sentence;
}

describe('a server that does not speak PostgreSQL', () => {
  // Its control: `isolation: 'process'` of the connector.
  test('ends in a sentence within the time of the call, whatever it sends; the process lives, and the next call works', { timeout: 120_000 }, async () => {
    const left = Object.entries(malformed);
    const sentences: [name: string, sentence: string][] = [];
    // Workspaces of their own share nothing, so that some are tried at once.
    const lane = async (workspaceId: string) => {
      for (let next = left.shift(); next; next = left.shift()) sentences.push([next[0], await tried(next[1], workspaceId)]);
    };
    await Promise.all(Array.from({ length: lanes }, (_, at) => lane(`ws_${at}`)));
    expect(sentences.length).toBeGreaterThanOrEqual(50);
    const isSentence = (text: string) => /^[A-Z][^\0]{10,400}\.$/.test(text) && !text.startsWith('Something unexpected');
    expect(sentences.filter(([, sentence]) => !isSentence(sentence))).toEqual([]);
  });

  test('ends a process that speaks to it itself: that is what guests are for', { timeout: 60_000 }, async () => {
    const server = await startMalformed(malformed['GSS']!);
    onTestFinished(server.stop);
    const code = `
      import { openPostgresql } from ${JSON.stringify(new URL('./postgresql.ts', import.meta.url).href)};
      const net = { resolve: async () => ({ address: '127.0.0.1', family: 4 }) };
      const settings = { host: 'x', port: ${server.port}, database: 'x', user: 'x', password: 'x', tls: 'off' };
      await openPostgresql(settings, { net, signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      setTimeout(() => process.exit(0), 500);`;
    const [ended] = await once(spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'ignore' }), 'exit');
    expect(ended).not.toBe(0);
  });
});
