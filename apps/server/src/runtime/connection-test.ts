import { ConnectorError } from '@weft/connector-sdk';
import { Refused, notFound } from '../refused.ts';
import type { OpenConnection } from '../stores/connections/renewals.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { SealBroken } from '../vault/vault.ts';
import type { Guard } from '../watchdog/guard.ts';

export interface ConnectionTestParts {
  connections: Pick<ConnectionStore, 'open' | 'noteTest'>;
  /** Tries credentials against the service. @returns a sentence. @throws {ConnectorError} */
  reach(connection: OpenConnection, signal: AbortSignal): Promise<string>;
  guard: Guard;
}

export interface ConnectionTestResult {
  ok: boolean;
  /** A sentence for the person. */
  message: string;
}

const timeoutMs = 20_000;

/** Whether a connection works, kept with it. @throws {Refused} 404; 409 where its credentials cannot be read. */
export async function testConnection(
  { connections, reach, guard }: ConnectionTestParts,
  workspaceId: string,
  connectionId: string,
  signal: AbortSignal,
): Promise<ConnectionTestResult> {
  const result = await reached();
  await connections.noteTest(workspaceId, connectionId, result);
  return result;

  async function reached(): Promise<ConnectionTestResult> {
    try {
      const opened = await connections.open(workspaceId, connectionId);
      if (!opened) throw notFound('This connection');
      const here = { kind: 'connection-test', workspaceId, subject: connectionId, state: [opened.values.config, opened.version], by: 'person' } as const;
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      return { ok: true, message: await guard.during(here, () => reach(opened, within)) };
    } catch (error) {
      if (error instanceof ConnectorError) return { ok: false, message: error.message };
      if (error instanceof SealBroken) throw new Refused(409, 'connection.unreadable', error.message, { cause: error });
      throw error;
    }
  }
}
