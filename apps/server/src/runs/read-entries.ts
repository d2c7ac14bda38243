import type { Answer, JournalEntry } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { LargeValue } from '../blobs/large-values.ts';
import type { LargeParts, RunEntry } from '@weft/api';
import { stepIdOf } from '@weft/flow';
import type { ArchivedAnswer, ArchivedEntry, ArchivedRun } from '../substrate/run-archive.ts';
import { redact } from '../redact/redact.ts';
import { redactSaid } from '../redact/redact-said.ts';

/** So many entries are shown of one run … */
export const SHOWN_ENTRIES = 2_000;
/** … and no more text than this is read for it: a loop over 100,000 items leaves far more behind. */
export const READ_BYTES = 16 << 20;

export interface ReadRun {
  entries: RunEntry[];
  answer: Answer | null;
  /** The answer's body stands in a file. */
  largeAnswer?: { sizeBytes: number };
  /** True when entries were left out. */
  truncated: boolean;
}

/** A run's journal and answer as people see them: redacted, and of long loops the newest entries of each step. */
export function readRun({ entries, answer, complete }: ArchivedRun): ReadRun {
  const shown = newestPerStep(entries, SHOWN_ENTRIES);
  return {
    entries: shown.map((entry) => redactEntry(withoutLarge(entry))),
    answer: answer && redactAnswer({ ...answer, body: bodyOf(answer) }),
    ...(answer?.body instanceof LargeValue && { largeAnswer: { sizeBytes: answer.body.sizeBytes } }),
    truncated: !complete || shown.length < entries.length,
  };
}

function redactAnswer({ status, headers, body }: Answer): Answer {
  // Redacting keeps the shape: names with texts.
  return { status, headers: redact(headers) as Answer['headers'], body: redact(body) };
}

const bodyOf = ({ body }: ArchivedAnswer): Json | undefined => (body instanceof LargeValue ? undefined : body);

/** Values in files are read on request. */
function withoutLarge({ input, output, ...facts }: ArchivedEntry): RunEntry {
  const large: LargeParts = {};
  if (input instanceof LargeValue) large.input = { sizeBytes: input.sizeBytes };
  if (output instanceof LargeValue) large.output = { sizeBytes: output.sizeBytes };
  return {
    ...facts,
    ...(input !== undefined && !(input instanceof LargeValue) && { input }),
    ...(output !== undefined && !(output instanceof LargeValue) && { output }),
    ...((large.input || large.output) && { large }),
  };
}

export function redactEntry<E extends JournalEntry>(entry: E): E {
  const { input, output, error, warnings, ...facts } = entry;
  const redacted = {
    ...facts,
    ...(input !== undefined && { input: redact(input) }),
    ...(output !== undefined && { output: redact(output) }),
    error: error && redactSaid(error),
    warnings: warnings?.map(redactSaid),
  };
  // Every part is put back that was taken out.
  return redacted as E;
}

/** At most so many entries, in the journal's order: every step keeps its newest ones. */
export function newestPerStep<E extends Pick<JournalEntry, 'stepKey'>>(entries: E[], limit: number): E[] {
  if (entries.length <= limit) return entries;
  const counts = new Map<string, number>();
  for (const { stepKey } of entries) counts.set(stepIdOf(stepKey), (counts.get(stepIdOf(stepKey)) ?? 0) + 1);
  const each = Math.max(1, Math.floor(limit / counts.size));
  const left = new Map([...counts.keys()].map((stepId) => [stepId, each]));
  const kept: E[] = [];
  for (const entry of entries.toReversed()) {
    const stepId = stepIdOf(entry.stepKey);
    const more = left.get(stepId) ?? 0;
    if (more === 0) continue;
    left.set(stepId, more - 1);
    kept.push(entry);
  }
  return kept.toReversed();
}
