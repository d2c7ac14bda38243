export interface ChildController {
  signal: AbortSignal;
  abort(reason: Error): void;
  /** Lets go of the parent; call when what it watched over is done. */
  release(): void;
}

/** A controller that aborts with its parent, or on its own. */
export function childController(parent: AbortSignal): ChildController {
  const controller = new AbortController();
  const release = whenAborted(parent, () => controller.abort(parent.reason));
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release,
  };
}

/** @throws the signal's reason once it aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const release = whenAborted(signal, () => reject(signal.reason as Error));
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    release();
  }
}

/** What waits for a signal; one listener serves them all. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `then` once the signal aborts, at once if it has. A loop does this for every item on one signal, so it does not add a listener
 * each time: Node chains listeners, and one that has been removed still names the next, so all that 100,000 calls leave behind would
 * hang together until the oldest of it is collected.
 * @returns what lets go.
 */
function whenAborted(signal: AbortSignal, then: () => void): () => void {
  if (signal.aborted) {
    then();
    return () => undefined;
  }
  let all = waiting.get(signal);
  if (!all) {
    const callbacks = (all = new Set());
    waiting.set(signal, callbacks);
    signal.addEventListener('abort', () => callbacks.forEach((callback) => callback()), { once: true });
  }
  all.add(then);
  return () => void all.delete(then);
}
