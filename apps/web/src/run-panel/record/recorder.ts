import { foldEntries } from './fold-entries.ts';
import { emptyRecord, type JournalEntry, type RunRecord } from './run-record.ts';

/**
 * Turns growing lists of entries into records. A list that continues the last one costs only what is new; any other list is
 * read from its beginning.
 */
export function createRecorder(): (entries: readonly JournalEntry[]) => RunRecord {
  let seen: readonly JournalEntry[] = [];
  let record = emptyRecord;
  return (entries) => {
    if (entries === seen) return record;
    const continues = entries.length >= seen.length && entries[0] === seen[0] && entries[seen.length - 1] === seen.at(-1);
    record = continues ? foldEntries(record, entries.slice(seen.length)) : foldEntries(emptyRecord, entries);
    seen = entries;
    return record;
  };
}
