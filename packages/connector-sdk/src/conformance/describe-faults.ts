import { withDefaults, type JsonObject } from '@weft/json-schema';
import { describe, expect, test } from 'vitest';
import { secretsOf } from '../auth/secrets.ts';
import type { FailureKind } from '../descriptor.ts';
import { ConnectorError } from '../errors.ts';
import type { Connector, ConnectionValues } from '../runtime.ts';
import { startFaultServer, type Fault } from './fault-server.ts';
import { createTestContext, type TestContextOptions } from './test-context.ts';

/** One call of an operation that goes to `origin`, by operation id. */
export type FaultCalls = Record<string, (
  server: { origin: string; host: string },
) => { config?: JsonObject; input?: JsonObject; connection?: ConnectionValues }>;

interface Expected {
  kind: FailureKind;
  retryable: boolean;
  retryAfterMs?: number;
}

/** How each fault is classified: it decides about retries and about the message for the user. */
const expected: Record<Exclude<Fault, 'a body that never ends' | 'no answer at all'>, Expected> = {
  401: { kind: 'auth', retryable: false },
  403: { kind: 'forbidden', retryable: false },
  404: { kind: 'not_found', retryable: false },
  409: { kind: 'conflict', retryable: false },
  422: { kind: 'invalid_input', retryable: false },
  '429 with Retry-After': { kind: 'rate_limited', retryable: true, retryAfterMs: 7000 },
  500: { kind: 'upstream', retryable: true },
  '503 with Retry-After': { kind: 'upstream', retryable: true, retryAfterMs: 3000 },
  'a reset connection': { kind: 'upstream', retryable: true },
  'malformed JSON': { kind: 'contract_violation', retryable: false },
  'HTML where JSON should be': { kind: 'contract_violation', retryable: false },
};

export function describeFaults(connector: Connector, { faults, egress }: { faults: FaultCalls; egress: TestContextOptions['egress'] }): void {
  describe.each(Object.entries(faults))('%s tells failures apart', (id, callOf) => {
    test.each(Object.entries(expected) as [Fault, Expected][])('%s', async (fault, how) => {
      const failure = await attempt(await startFaultServer(fault), new AbortController().signal);
      expect(failure).toMatchObject(how);
    });

    test.each(['no answer at all', 'a body that never ends'] as const)('%s: ends when the time is up, and can be tried again', async (fault) => {
      const failure = await attempt(await startFaultServer(fault), AbortSignal.timeout(100));
      expect(failure).toMatchObject({ kind: 'timeout', retryable: true });
    });

    test('a cancelled run ends at once, with the reason', async () => {
      const origin = await startFaultServer('no answer at all');
      const controller = new AbortController();
      const reason = new Error('cancelled by a person');
      const running = call(origin, controller.signal);
      controller.abort(reason);
      await expect(running).rejects.toBe(reason);
    });

    /** The failure, with its message checked: a sentence, and nothing secret in it. */
    async function attempt(origin: string, signal: AbortSignal): Promise<ConnectorError> {
      const failure: unknown = await call(origin, signal).then(
        () => new Error('The operation succeeded although the server failed.'),
        (error: unknown) => error,
      );
      if (!(failure instanceof ConnectorError)) throw failure;
      expect(failure.message).toMatch(/^\S.*[.!?…]$/s);
      expect(secretsFor(origin).filter((secret) => failure.message.includes(secret)), 'secrets in the message').toEqual([]);
      return failure;
    }

    async function call(origin: string, signal: AbortSignal): Promise<unknown> {
      const operation = connector.descriptor.operations.find((candidate) => candidate.id === id);
      const run = connector.operations[id]?.run;
      if (operation === undefined || run === undefined) throw new Error(`The connector has no action "${id}".`);
      const { config = {}, input = {}, connection } = callOf(serverAt(origin));
      const context = createTestContext({ egress, signal, connector, operation: id, connection });
      // Defaults on a copy, as the host does it; both are objects by their schemas.
      return run(context, withDefaults(operation.input, input) as JsonObject, withDefaults(operation.config ?? {}, config) as JsonObject);
    }

    function secretsFor(origin: string): string[] {
      const { connection } = callOf(serverAt(origin));
      const scheme = connector.descriptor.auth.find((candidate) => candidate.id === connection?.scheme);
      return scheme && connection ? secretsOf(scheme, connection) : [];
    }
  });
}

function serverAt(origin: string): { origin: string; host: string } {
  return { origin, host: new URL(origin).host };
}
