import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, Pool, type Dispatcher } from 'undici';
import { type Guard, resolveHost } from './resolve-host.ts';

const pooling = { connections: 64, pipelining: 1, keepAliveTimeout: 10_000, keepAliveMaxTimeout: 60_000, allowH2: false } as const;
const connectTimeoutMs = 10_000;

/** The connection pools of one egress. A connection is reused only for the origin, and under the setting, it was opened for. */
export interface Dispatchers {
  /** Every new connection is checked and dials exactly the checked addresses. */
  guarded(): Dispatcher;
  /** For the exact exceptions of the composition root, in pools of their own: no other request can ride on their connections. */
  excepted: Dispatcher;
  close(): Promise<void>;
}

export function createDispatchers(guard: Guard): Dispatchers {
  const guardedAgent = () =>
    new Agent({ ...pooling, factory: (origin, options) => new Pool(origin, { ...options, connect: guardedConnect(new URL(origin), guard) }) });
  const excepted = new Agent({ ...pooling, connect: { timeout: connectTimeoutMs } });
  let current = { fingerprint: guard.policy.fingerprint(), agent: guardedAgent() };
  return {
    guarded() {
      const fingerprint = guard.policy.fingerprint();
      if (fingerprint !== current.fingerprint) {
        // Connections opened under the former setting finish their requests and are not reused.
        void current.agent.close();
        current = { fingerprint, agent: guardedAgent() };
      }
      return current.agent;
    },
    excepted,
    close: async () => {
      await Promise.all([current.agent.destroy(), excepted.destroy()]);
    },
  };
}

/**
 * How connections of one origin are opened. Node calls `lookup` as part of dialling, so a name that changes its answer in
 * between changes nothing; for addresses written as numbers it never calls it, so those are checked before.
 */
function guardedConnect(origin: URL, guard: Guard): buildConnector.connector {
  const port = Number(origin.port) || (origin.protocol === 'https:' ? 443 : 80);
  const lookup: LookupFunction = (name, options, callback) => {
    resolveHost(name, port, guard).then(
      (pinned) => (options.all === true ? callback(null, pinned) : callback(null, pinned[0]?.address ?? '', pinned[0]?.family)),
      (error: Error) => callback(error, ''),
    );
  };
  const dial = buildConnector({ timeout: connectTimeoutMs, allowH2: false, lookup });
  return (options, callback) => {
    try {
      if (isIP(options.hostname) !== 0) guard.policy.check(options.hostname, options.hostname, port);
    } catch (error) {
      // A refusal leaves through the callback, as every failure of a connection does. policy.check throws errors only.
      callback(error as Error, null);
      return;
    }
    dial(options, callback);
  };
}
