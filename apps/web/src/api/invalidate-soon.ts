import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Between two readings of the same list, milliseconds. */
const pauseMs = 1_000;

/** Keys that were read less than a pause ago or are about to be: true when they are to be read (again) after it. */
const paused = new WeakMap<QueryClient, Map<string, boolean>>();

/** Reads again, at once when it is quiet, at most once a second when events pour in. */
export function invalidateSoon(client: QueryClient, queryKey: QueryKey): void {
  const keys = paused.get(client) ?? new Map<string, boolean>();
  paused.set(client, keys);
  const id = JSON.stringify(queryKey);
  const read = () => {
    if (keys.get(id) !== true) return void keys.delete(id);
    keys.set(id, false);
    void readAgain(client, queryKey);
    setTimeout(read, pauseMs);
  };

  if (!keys.has(id)) setTimeout(read);
  keys.set(id, true);
}

/**
 * News that come while the same thing is being read: the answer may have been made before them and would be taken for the
 * newest, so it is read once more.
 */
export function heardWhileReading(client: QueryClient, queryKey: QueryKey): void {
  if (client.isFetching({ queryKey }) > 0) invalidateSoon(client, queryKey);
}

/** A first reading cannot be begun anew (there is nothing to show meanwhile), so the next one waits for it. */
async function readAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const firstReadings = client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching', predicate: ({ state }) => state.data === undefined });
  await Promise.allSettled(firstReadings.map((query) => query.promise));
  await client.invalidateQueries({ queryKey });
}
