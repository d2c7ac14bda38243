/** What is under way, by id: as a Map, for thousands of short-lived entries a second. */
export interface Registry<T> {
  readonly size: number;
  get(id: string): T | undefined;
  has(id: string): boolean;
  set(id: string, value: T): void;
  /** @returns what was there. */
  take(id: string): T | undefined;
  ids(): string[];
  values(): T[];
}

/**
 * A Map that grows leaves its old table behind, with all that was in it and a pointer to the next one. Once such a table has
 * moved to the old generation, the collector keeps the whole chain until its next full round: measured, every request of the
 * seconds in between. A box around each value is emptied when the entry goes, so that nothing hangs on the chain.
 */
export function createRegistry<T>(): Registry<T> {
  const boxes = new Map<string, { value: T | undefined }>();
  return {
    get size() {
      return boxes.size;
    },
    get: (id) => boxes.get(id)?.value,
    has: (id) => boxes.has(id),
    set: (id, value) => void boxes.set(id, { value }),
    take(id) {
      const box = boxes.get(id);
      if (!box) return undefined;
      boxes.delete(id);
      const { value } = box;
      box.value = undefined;
      return value;
    },
    ids: () => [...boxes.keys()],
    // Boxes are emptied only once they are out of the map.
    values: () => Array.from(boxes.values(), (box) => box.value as T),
  };
}
