/** Takes one of `max` places under a name, in the order of asking. @returns gives it back. @throws the signal's reason. */
export type TakePlace = (name: string, max: number, signal: AbortSignal) => Promise<() => void>;

/** Places of operations that take only so many calls at once. What is free and wanted by nobody is not remembered. */
export function createPlaces(): TakePlace {
  const all = new Map<string, { taken: number; waiting: (() => void)[] }>();

  function giveBack(name: string): void {
    const places = all.get(name);
    if (!places) return;
    const next = places.waiting.shift();
    // The place goes from hand to hand: nobody who comes in between gets before those who wait.
    if (next) return next();
    places.taken -= 1;
    if (places.taken === 0) all.delete(name);
  }

  function once(name: string): () => void {
    let isHeld = true;
    return () => {
      if (isHeld) giveBack(name);
      isHeld = false;
    };
  }

  return async (name, max, signal) => {
    signal.throwIfAborted();
    const places = all.get(name) ?? { taken: 0, waiting: [] };
    all.set(name, places);
    if (places.taken < max) {
      places.taken += 1;
      return once(name);
    }
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = () => {
        places.waiting.splice(places.waiting.indexOf(go), 1);
        // The reason is whatever whoever cancelled has given.
        reject(signal.reason as Error);
      };
      places.waiting.push(go);
      signal.addEventListener('abort', stop, { once: true });
    });
    return once(name);
  };
}
