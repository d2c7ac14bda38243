import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Between two readings of the same list, milliseconds. */
const pauseMs = 1_000;

const lastAt = new Map<string, number>();
const waiting = new Set<string>();

/** Reads again, at once when it is quiet, at most once a second when events pour in. */
export function invalidateSoon(client: QueryClient, queryKey: QueryKey): void {
  const id = JSON.stringify(queryKey);
  if (waiting.has(id)) return;
  waiting.add(id);
  setTimeout(
    () => {
      waiting.delete(id);
      lastAt.set(id, Date.now());
      void client.invalidateQueries({ queryKey });
    },
    Math.max(0, (lastAt.get(id) ?? 0) + pauseMs - Date.now()),
  );
}
