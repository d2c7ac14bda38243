/**
 * Names a step wherever it runs: its id, behind the items of the loops around it.
 *
 *     stock                    outside of loops
 *     each[3]/stock            item 3 of a list, counted from 0
 *     each[3]/inner[0]/stock   a loop in a loop
 *     each[7:3]/stock          record 3 of batch 7 of a stream
 *     each[7]/append           a whole batch of a stream, at a step that takes batches
 *
 * Step ids have neither `/` nor `[`, so a key is taken apart without quoting. Journals, dead letters and links keep keys as texts;
 * the mark on the type only keeps a key from being taken for the key of an item, and costs nothing.
 */
export type StepKey = string & { readonly names?: 'step' };

/** Names one item of a loop, or one record or batch of a stream: `each[3]`, `each[3]/inner[0]`, `each[7:3]`, `each[7]`. */
export type ItemKey = string & { readonly names?: 'item' };

/** Where in a loop: an item of a list by its `index`, a record of a stream by `batch` and `index`; of a list as of a batch, counted from 0. */
export interface ItemPlace {
  batch?: number;
  index: number;
}

export interface StepPath {
  stepId: string;
  /** The loops around, outermost first, each with the item in it. */
  around: readonly ({ loopId: string } & ItemPlace)[];
}

export const keyOf = ({ stepId, around }: StepPath): StepKey => around.map(({ loopId, ...place }) => insideItem(loopId, place)).join('') + stepId;

export const pathOf = (key: StepKey): StepPath => ({
  stepId: stepIdOf(key),
  around: itemKeysOf(key).map((itemKey) => ({ loopId: stepIdOf(itemKey), ...placeOf(itemKey) })),
});

/** The step's id; of an item, the id of its loop. */
export function stepIdOf(key: StepKey | ItemKey): string {
  const last = key.slice(key.lastIndexOf('/') + 1);
  const bracket = last.indexOf('[');
  return bracket < 0 ? last : last.slice(0, bracket);
}

/** The item that the step stands in; undefined outside of loops. */
export function itemKeyOf(key: StepKey): ItemKey | undefined {
  const slash = key.lastIndexOf('/');
  return slash < 0 ? undefined : key.slice(0, slash);
}

/** The items around a step, outermost first: `each[3]/inner[0]/stock` → `each[3]`, `each[3]/inner[0]`. */
export function itemKeysOf(key: StepKey): ItemKey[] {
  const keys: ItemKey[] = [];
  for (let slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) keys.push(key.slice(0, slash));
  return keys;
}

/** The keys of the loops around a step, outermost first: `each[3]/inner[0]/stock` → `each`, `each[3]/inner`. */
export const loopKeysOf = (key: StepKey): StepKey[] => itemKeysOf(key).map(loopKeyOf);

/** The loop that an item belongs to: `each[3]/inner[0]` → `each[3]/inner`. */
export const loopKeyOf = (itemKey: ItemKey): StepKey => itemKey.slice(0, itemKey.lastIndexOf('['));

export function placeOf(itemKey: ItemKey): ItemPlace {
  const [first = 0, second] = itemKey.slice(itemKey.lastIndexOf('[') + 1, -1).split(':').map(Number);
  return second === undefined ? { index: first } : { batch: first, index: second };
}

/** What stands before the id of each step inside of an item: `each[3]/`, `each[7:3]/`. */
export const insideItem = (loopKey: StepKey, { batch, index }: ItemPlace): string =>
  (batch === undefined ? `${loopKey}[${index}]/` : `${loopKey}[${batch}:${index}]/`);
