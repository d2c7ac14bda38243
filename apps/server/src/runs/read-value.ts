import type { Database } from 'better-sqlite3';
import type { Json } from '@weft/json-schema';
import { LargeValue, type LargeValues, payloadOf } from '../blobs/large-values.ts';
import { decodeAnswer, decodeEntries, type ReadEntry } from '../substrate/sqlite/stored-entries.ts';

/** Which value of a run: what it was started with, what it answered, or what a step got or gave, the newest time. */
export type ValuePart = { part: 'payload' } | { part: 'answer' } | { part: 'input' | 'output'; stepKey: string; attempt?: number };

interface StoredRun {
  runId: string;
  payload: string;
  entries: string | null;
  answer: string | null;
  large: Pick<LargeValues, 'read'>;
}

/** One value as it is, read from wherever it stands. Undefined when there is none. */
export function readValue(database: Database, { runId, large, ...row }: StoredRun, wanted: ValuePart): Json | undefined {
  const payload = payloadOf(row.payload, large.read);
  if (wanted.part === 'payload') return payload;
  // Read at once, so nothing else stands in their place.
  const decoded = (text: string) => decodeEntries(text, payload, large.read);
  if (wanted.part === 'answer') {
    const body = row.answer === null ? undefined : decodeAnswer(row.answer, payload, row.entries === null ? [] : decoded(row.entries), large.read).body;
    return inPlace(body);
  }
  const { part, stepKey, attempt } = wanted;
  const find = (text: string): ReadEntry | undefined => {
    // Most commits are about other steps: they are not worth reading.
    if (!text.includes(JSON.stringify(stepKey))) return undefined;
    return decoded(text).findLast((entry) => entry.stepKey === stepKey && entry[part] !== undefined && (attempt === undefined || entry.attempt === attempt));
  };
  const last = row.entries === null ? undefined : find(row.entries);
  if (last) return inPlace(last[part]);
  for (const text of database.prepare<[string], string>('select entries from run_journal where run_id = ? order by id desc').pluck().iterate(runId)) {
    const entry = find(text);
    if (entry) return inPlace(entry[part]);
  }
  return undefined;
}

/** Everything was decoded with a reader of large values. */
function inPlace(value: Json | LargeValue | undefined): Json | undefined {
  if (value instanceof LargeValue) throw new Error('A large value was not read where it stands.');
  return value;
}
