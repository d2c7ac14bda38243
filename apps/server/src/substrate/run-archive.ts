import type { Answer, JournalEntry, DeadLettersOf, StreamProgress } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import type { LargeValue } from '../blobs/large-values.ts';

/**
 * What runs have left in the store, decoded, for views and replays. It checks no workspace and redacts
 * nothing: both are up to the reader.
 */
export interface RunArchive {
  /**
   * What a run was started with, did and answered. Large values are left in their files.
   * @param maxBytes - of a long journal the first commit and the newest ones are read, together no more text than this.
   */
  read(runId: string, maxBytes: number): ArchivedRun | undefined;
  /** One value as it is, read from wherever it stands; undefined when there is none. @throws {LostValue} */
  value(runId: string, wanted: ValuePart): Json | undefined;
  /** How far its loops over streams are. */
  progressOf(runId: string): StreamProgress[];
  /** The dead letters that it does again. */
  lettersOf(runId: string): DeadLettersOf | undefined;
}

export interface ArchivedRun {
  payload: Json | LargeValue;
  entries: ArchivedEntry[];
  answer: ArchivedAnswer | null;
  /** False when commits were left out. */
  complete: boolean;
}

/** An entry whose large values may not have been read yet. */
export interface ArchivedEntry extends Omit<JournalEntry, 'input' | 'output'> {
  input?: Json | LargeValue;
  output?: Json | LargeValue;
}

/** An answer whose large body may not have been read yet. */
export interface ArchivedAnswer extends Omit<Answer, 'body'> {
  body: Json | LargeValue | undefined;
}

/** Which value of a run: what it was started with, what it answered, or what a step got or gave, the newest time. */
export type ValuePart = { part: 'payload' } | { part: 'answer' } | { part: 'input' | 'output'; stepKey: string; attempt?: number };
