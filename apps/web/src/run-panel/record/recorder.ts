import { foldEntries } from './fold-entries.ts';
import { emptyRecord, type JournalEntry, type RunRecord } from './run-record.ts';

/**
 * Turns lists of entries of one run into its record. Facts are only ever added, so what was known stays known when a later
 * reading leaves it out, as it does with long loops. A list that continues the last one costs only what is new.
 */
export function createRecorder(): (entries: readonly JournalEntry[]) => RunRecord {
  let seen: readonly JournalEntry[] = [];
  let record = emptyRecord;
  return (entries) => {
    if (entries === seen) return record;
    // Every one is looked at: a later reading has the large values that came without them before, anywhere in the list.
    const continues = seen.every((entry, at) => entries[at] === entry);
    record = foldEntries(record, continues ? entries.slice(seen.length) : entries);
    seen = entries;
    return record;
  };
}
