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
  const release = whenAborted(signal, () => reject(signal.reason));
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    release();
  }
}

const waiting = Symbol('what waits for this signal');

interface HeardSignal extends AbortSignal {
  [waiting]?: Set<() => void>;
}

/**
 * Calls `then` once the signal aborts, at once if it has. A loop does this for every item on one signal, so one listener serves
 * them all: Node chains listeners, and one that has been removed still names the next, so all that 100,000 calls leave behind would
 * hang together until the oldest of it is collected. The set stands on the signal itself and not in a WeakMap, whose values the
 * collector of young objects takes for alive: measured, all that any request had touched was kept and copied until the next full round.
 * @returns what lets go.
 */
function whenAborted(signal: HeardSignal, then: () => void): () => void {
  if (signal.aborted) {
    then();
    return () => undefined;
  }
  const all = (signal[waiting] ??= heard(signal));
  all.add(then);
  return () => void all.delete(then);
}

function heard(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  signal.addEventListener('abort', () => callbacks.forEach((callback) => callback()), { once: true });
  return callbacks;
}
