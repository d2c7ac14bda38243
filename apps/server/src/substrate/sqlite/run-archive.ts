import type { Database } from 'better-sqlite3';
import type { Json } from '@weft/json-schema';
import { LargeValue, type LargeValues, payloadOf } from '../../blobs/large-values.ts';
import { type SealedFields, unsealed } from '../../vault/sealed-fields.ts';
import type { ArchivedEntry, RunArchive, ValuePart } from '../run-archive.ts';
import { decodeAnswer, decodeEntries } from './stored-entries.ts';
import { createStreamStore } from './stream-store.ts';

interface RunRow {
  payload: string;
  /** The entries in the run's own row: those of its last commit. */
  entries: string | null;
  answer: string | null;
}

export interface RunArchiveParts {
  /** Where values stand that are too large for a row. Default: nowhere, there are none. */
  large?: Pick<LargeValues, 'read'>;
  /** How secrets are kept. Default: as they are. */
  sealed?: SealedFields;
}

export function createRunArchive(database: Database, { large = noLargeValues, sealed = unsealed }: RunArchiveParts = {}): RunArchive {
  const whole = { read: large.read, sealed };
  const rowOf = database.prepare<[runId: string], RunRow>('select payload, entries, answer from runs where id = ?');
  const commitSizes = database.prepare<[runId: string], { id: number; bytes: number }>(
    'select id, length(entries) as bytes from run_journal where run_id = ? order by id',
  );
  const commitText = database.prepare<[id: number], string>('select entries from run_journal where id = ?').pluck();
  const newestCommits = database.prepare<[runId: string], string>('select entries from run_journal where run_id = ? order by id desc').pluck();
  const { progressOf, lettersOf } = createStreamStore(database, sealed);

  /** The first commit and the newest ones before the last, as far as the bytes reach. */
  function textsOf(runId: string, maxBytes: number): { texts: string[]; complete: boolean } {
    const stored = commitSizes.all(runId);
    let left = maxBytes - (stored[0]?.bytes ?? 0);
    let from = stored.length;
    for (; from > 1; from -= 1) {
      left -= stored[from - 1]?.bytes ?? 0;
      if (left < 0) break;
    }
    const chosen = [...stored.slice(0, 1), ...stored.slice(Math.max(1, from))];
    return { texts: chosen.map(({ id }) => commitText.get(id) ?? '[]'), complete: chosen.length === stored.length };
  }

  function stepValue(runId: string, last: string | null, payload: Json, { part, stepKey, attempt }: Extract<ValuePart, { stepKey: string }>): Json | undefined {
    const find = (text: string): ArchivedEntry | undefined => {
      // Most commits are about other steps: they are not worth reading.
      if (!text.includes(JSON.stringify(stepKey))) return undefined;
      return decodeEntries(text, payload, whole).findLast((entry) =>
        entry.stepKey === stepKey && entry[part] !== undefined && (attempt === undefined || entry.attempt === attempt));
    };
    const newest = last === null ? undefined : find(last);
    if (newest) return inPlace(newest[part]);
    for (const text of newestCommits.iterate(runId)) {
      const entry = find(text);
      if (entry) return inPlace(entry[part]);
    }
    return undefined;
  }

  return {
    read(runId, maxBytes) {
      const row = rowOf.get(runId);
      if (!row) return undefined;
      const payload = payloadOf(row.payload, sealed, (ref) => new LargeValue(ref));
      const { texts, complete } = textsOf(runId, maxBytes - (row.entries?.length ?? 0));
      const latest = row.entries === null ? [] : decodeEntries(row.entries, payload, { sealed });
      return {
        payload,
        entries: [...texts.flatMap((text) => decodeEntries(text, payload, { sealed })), ...latest],
        answer: row.answer === null ? null : decodeAnswer(row.answer, payload, latest, { sealed }),
        complete,
      };
    },

    value(runId, wanted) {
      const row = rowOf.get(runId);
      if (!row) return undefined;
      const payload = payloadOf(row.payload, sealed, large.read);
      if (wanted.part === 'payload') return payload;
      if ('stepKey' in wanted) return stepValue(runId, row.entries, payload, wanted);
      if (row.answer === null) return undefined;
      const latest = row.entries === null ? [] : decodeEntries(row.entries, payload, whole);
      return inPlace(decodeAnswer(row.answer, payload, latest, whole).body);
    },

    progressOf,
    lettersOf,
  };
}

/** Everything was decoded with a reader of large values. */
function inPlace(value: Json | LargeValue | undefined): Json | undefined {
  if (value instanceof LargeValue) throw new Error('A large value was not read where it stands.');
  return value;
}

const noLargeValues: Pick<LargeValues, 'read'> = {
  read: () => {
    throw new Error('There is nowhere to read large values from.');
  },
};
