import type { JsonObject } from '@weft/json-schema';
import type { JournalEntry, RunError, Warning } from '../journal.ts';
import type { Frame, MomentOf, RunState, StepEnd } from '../run/run-state.ts';

/** Writes down a fact about a step that can be worked out again; far into a long loop it is left out. */
export function record(state: RunState, frame: Frame, entry: Omit<JournalEntry, 'at'>): void {
  if (frame.records) state.writer.record({ ...entry, at: state.now() });
}

/** A pure step that is done. */
export function done<W>({ state, frame, stepKey, now }: MomentOf<W>, facts: Pick<JournalEntry, 'output' | 'port' | 'warnings' | 'input'>): StepEnd {
  record(state, frame, { stepKey, attempt: 1, kind: 'succeeded', ...facts });
  return { kind: 'went', port: facts.port ?? 'next', output: facts.output, at: now };
}

interface Warned {
  warnings?: Warning[];
}

const unwarned: Warned = {};

/** The warnings of what went into a step and of what came out, for its entry. */
export function warned({ warnings: before }: Warned, { warnings: after }: Warned = unwarned): Warned {
  if (!before && !after) return unwarned;
  return { warnings: [...(before ?? []), ...(after ?? [])] };
}

/** What a step says about failures. */
export type OnError = 'fail' | 'continue' | 'port';

export interface FailureOptions {
  attempt?: number;
  input?: JournalEntry['input'];
  /** What the step says about failures. Default fail. */
  onError?: OnError;
  /** Ends the run whatever the step or a loop around it says. */
  whole?: boolean;
  /** Facts about effects are written down wherever they are. */
  always?: boolean;
}

/** A step that failed for good: the run goes on at the error port, goes on without the output, or fails. */
export function failed<W>({ state, frame, stepKey, now }: MomentOf<W>, error: RunError, options: FailureOptions = {}): StepEnd {
  const { attempt = 1, input, onError = 'fail', whole = false, always = false } = options;
  const port = whole ? undefined : portOfFailure(onError);
  const at = state.now();
  const entry: JournalEntry = {
    stepKey,
    attempt,
    kind: 'failed',
    at,
    input,
    error: { stepKey, ...error },
    port,
  };
  if (always || frame.recordsFailures) state.writer.record(entry);
  if (port === undefined) return { kind: 'failed', error: { stepKey, ...error }, whole: whole || undefined };
  return { kind: 'went', port, output: failureOutput(port, error), at: always ? at : now };
}

/** Where the run goes on after a failure; undefined where it does not. */
export function portOfFailure(onError: OnError | undefined): string | undefined {
  if (onError === 'port') return 'error';
  return onError === 'continue' ? 'next' : undefined;
}

/** The output at an error port, as `outputSchemaOf` describes it; at other ports a failure has no output. */
export function failureOutput(port: string, error: Pick<RunError, 'kind' | 'message'> | undefined): JsonObject | undefined {
  if (port !== 'error') return undefined;
  return { error: { kind: error?.kind ?? 'unknown', message: error?.message ?? 'The step failed.' } };
}
