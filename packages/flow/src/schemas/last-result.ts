/**
 * Remembers the last result for each object and makes it again only when something it was made from is another object.
 * Documents never change in place, so identity is enough; that keeps checking a large flow on every keystroke cheap.
 */
export function lastResult<T>(): (key: object, madeFrom: readonly unknown[], make: () => T) => T {
  const results = new WeakMap<object, { madeFrom: readonly unknown[]; value: T }>();
  return (key, madeFrom, make) => {
    const known = results.get(key);
    if (known && known.madeFrom.length === madeFrom.length && known.madeFrom.every((one, at) => one === madeFrom[at])) return known.value;
    const value = make();
    results.set(key, { madeFrom, value });
    return value;
  };
}

/** What belongs to one document seen with one catalogue. */
export function perFlow<T>(make: () => T): (flow: object, catalogue: object) => T {
  const flows = new WeakMap<object, WeakMap<object, T>>();
  return (flow, catalogue) => {
    const known = flows.get(flow) ?? new WeakMap<object, T>();
    flows.set(flow, known);
    const state = known.get(catalogue) ?? make();
    known.set(catalogue, state);
    return state;
  };
}
