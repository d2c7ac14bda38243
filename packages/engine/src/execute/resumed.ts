import type { JournalEntry } from '../journal.ts';
import type { MomentOf, StepEnd } from '../run/run-state.ts';
import { say } from '../sentences.en.ts';
import { failureOutput } from './record.ts';

/**
 * How a step ends that the journal says is over.
 * @param at - what `now` means to the steps behind it, milliseconds.
 */
export function resumed({ kind, stepKey, output, port, error }: JournalEntry, stepId: string, at: number): StepEnd {
  if (kind === 'failed' && port === undefined) {
    return { kind: 'failed', error: error ?? { kind: 'unknown', ...say('run.step.failed', { step: stepId }), stepKey } };
  }
  if (kind === 'failed') return { kind: 'went', port, output: failureOutput(port ?? 'next', error), at };
  if (kind === 'skipped') return { kind: 'went', port: undefined, output, at };
  return { kind: 'went', port: port ?? 'next', output, at };
}

/** Of a step that works something out: what it calls now is when the steps before it were done. */
export const resumedInPlace = <W>({ step, now }: MomentOf<W>, entry: JournalEntry): StepEnd => resumed(entry, step.id, now);

/** Of a step that ends when something outside has happened: that moves time on, except where the run never came through. */
export const resumedLater = <W>({ step, now }: MomentOf<W>, entry: JournalEntry): StepEnd => resumed(entry, step.id, entry.kind === 'skipped' ? now : entry.at);
