import type pg from 'pg';

/** More are not kept: each is a process at the server. */
const maxKept = 4;

/** A server that does not answer within this time has gone, milliseconds. */
const answerMs = 3_000;

/** Keeps a session for the next call with the same settings. */
export function keep(kept: Map<string, unknown>, name: string, client: pg.Client): void {
  const before = kept.get(name);
  if (before) void end(before);
  kept.delete(name);
  kept.set(name, client);
  const forget = () => {
    if (kept.get(name) === client) kept.delete(name);
  };
  client.once('error', forget).once('end', forget);
  const [oldest] = kept.keys();
  if (kept.size <= maxKept || oldest === undefined) return;
  void end(kept.get(oldest));
  kept.delete(oldest);
}

/**
 * The session that was kept under the name, as a new one is: nothing that a call before has set, made for itself or locked is left of it.
 * @returns undefined when there is none, or when it is good for nothing any more.
 */
export async function takeKept(kept: Map<string, unknown>, name: string, settings: string): Promise<pg.Client | undefined> {
  // Kept by `keep` only.
  const client = kept.get(name) as pg.Client | undefined;
  if (!client) return undefined;
  kept.delete(name);
  client.removeAllListeners('end');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, answerMs, 'late');
  });
  const ready = async () => {
    await client.query('DISCARD ALL');
    await client.query(settings);
    return 'ready' as const;
  };
  // The first of them fails when a transaction was left open.
  const state = await Promise.race([ready().catch(() => 'broken' as const), late]).finally(() => clearTimeout(timer));
  if (state === 'ready') return client;
  client.connection.stream.destroy();
  return undefined;
}

/** @param kept - kept by `keep`. */
const end = (kept: unknown): Promise<void> => (kept as pg.Client).end().catch(() => undefined);
