import type { JournalEntry } from '@weft/engine';
import type { Json } from '@weft/json-schema';

/**
 * The entries of one commit as they lie in a row. A value that is the very same object as the run's payload, or as the output of an
 * earlier entry of the commit, is stored once and named: most inputs of a run are outputs of its steps.
 */
type StoredEntry = JournalEntry & { inputIs?: Reference; outputIs?: Reference };
type Reference = 'payload' | number;

/** @returns JSON text, read back by decodeEntries with the same payload. */
export function encodeEntries(entries: readonly JournalEntry[], payload: Json): string {
  const known = new Map<Json, Reference>();
  if (isShared(payload)) known.set(payload, 'payload');
  const stored: StoredEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const { input, output } = entry;
    const inputIs = isShared(input) ? known.get(input) : undefined;
    const outputIs = isShared(output) ? known.get(output) : undefined;
    stored.push(inputIs === undefined && outputIs === undefined ? entry : withReferences(entry, inputIs, outputIs));
    if (isShared(output) && outputIs === undefined) known.set(output, index);
  }
  return JSON.stringify(stored);
}

export function decodeEntries(text: string, payload: Json): JournalEntry[] {
  // Written by encodeEntries only.
  const stored = JSON.parse(text) as StoredEntry[];
  const entries: JournalEntry[] = [];
  const valueOf = (reference: Reference) => (reference === 'payload' ? payload : entries[reference]?.output);
  for (const { inputIs, outputIs, ...entry } of stored) {
    if (inputIs !== undefined) entry.input = valueOf(inputIs);
    if (outputIs !== undefined) entry.output = valueOf(outputIs);
    entries.push(entry);
  }
  return entries;
}

function isShared(value: Json | undefined): value is Json {
  return typeof value === 'object' && value !== null;
}

function withReferences(entry: JournalEntry, inputIs: Reference | undefined, outputIs: Reference | undefined): StoredEntry {
  const stored: StoredEntry = { ...entry };
  if (inputIs !== undefined) {
    delete stored.input;
    stored.inputIs = inputIs;
  }
  if (outputIs !== undefined) {
    delete stored.output;
    stored.outputIs = outputIs;
  }
  return stored;
}
