/**
 * The program of a guest: does the calls that its host sends, one after the other, until the channel closes.
 *
 * It is trusted with nothing: it has no environment, no files but its own program's, and no more memory than it needs for a few batches. What
 * it is lent for a call comes with the call or is asked for. Whoever does not end in time, or cannot go on, is killed, and the call with it.
 */
import { isMainThread } from 'node:worker_threads';
import type { Connector } from '@weft/connector-sdk';
import { endWithHost, watchHost } from './watch-host.ts';

/** How to load each connector, by its id: a guest loads the one that it is started for. */
export type ConnectorLoaders = Readonly<Record<string, () => Promise<{ default: Connector }>>>;

/** @param program - `import.meta.url` of the caller: its second thread runs the same file. */
export async function serveGuest(loaders: ConnectorLoaders, program: string): Promise<void> {
  if (!isMainThread) return endWithHost();
  watchHost(program);
  // Loaded here: the other thread needs none of it.
  const { doCalls } = await import('./do-calls.ts');
  doCalls(loaders);
}
