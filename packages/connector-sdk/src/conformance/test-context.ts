import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@weft/json-schema';
import { lendConnection } from '../auth/lend-connection.ts';
import { wayOut } from '../way-out.ts';
import type { Connector, HttpClient, NetworkGuard, OperationContext } from '../runtime.ts';
import { testFiles } from './test-files.ts';

export interface TestContextOptions extends Partial<Omit<OperationContext, 'files' | 'log' | 'warn' | 'http' | 'net'>> {
  /**
   * Whose call it is: what its descriptor declares holds, and a connection's credentials are put on requests, as the host does it. Without it
   * all of the network may be called, and the connection is handed over as it is.
   */
  connector?: Pick<Connector, 'descriptor'>;
  /** Which of its operations. Default: none, as for a test of a connection. */
  operation?: string;
  /** The real guarded egress; without it every call fails, as for a connector that has nothing to call. */
  egress?: { http: HttpClient; net: NetworkGuard };
  /** Where the workspace's files are. Default: a fresh temporary folder, removed when the process ends. */
  folder?: string;
}

export interface TestContext extends OperationContext {
  /** The workspace's folder. */
  folder: string;
  /** What the operation logged. */
  logged: { message: string; details?: JsonObject }[];
  /** What it warned of. */
  warned: string[];
}

/**
 * What the host lends an operation, for tests: everything in it is real.
 * @param options - defaults: the workspace `ws_test`, no connection, a signal that never aborts, the run `run_test`, a fixed time.
 */
export function createTestContext(options: TestContextOptions = {}): TestContext {
  const { egress = noEgress, folder = temporaryFolder(), connector, operation, connection, ...rest } = options;
  const logged: TestContext['logged'] = [];
  const warned: string[] = [];
  const called = connector?.descriptor.operations.find(({ id }) => id === operation);
  const out = connector ? wayOut(egress, { descriptor: connector.descriptor, operation: called, values: connection }) : egress;
  const lent = connector && connection
    ? lendConnection({ descriptor: connector.descriptor, values: connection, http: out.http })
    : { http: out.http, connection };
  return {
    workspaceId: 'ws_test',
    http: lent.http,
    net: out.net,
    files: testFiles(folder),
    signal: new AbortController().signal,
    idempotencyKey: 'run_test/step/1',
    runId: 'run_test',
    now: new Date('2026-03-01T12:00:00.000Z'),
    log: (message, details) => void logged.push({ message, details }),
    warn: (sentence) => void warned.push(sentence),
    connection: lent.connection,
    ...rest,
    folder,
    logged,
    warned,
  };
}

const noEgress: { http: HttpClient; net: NetworkGuard } = {
  http: { request: async () => fail() },
  net: { resolve: async () => fail() },
};

function fail(): never {
  throw new Error('This test context has no way out. Give it one: createTestContext({ egress: createEgress({ allowed: () => ["127.0.0.0/8"] }) }).');
}

const folders: string[] = [];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weft-connector-'));
  if (folders.length === 0) process.once('exit', () => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));
  folders.push(folder);
  return folder;
}
