import type { Json } from '@weft/json-schema';
import type { ApprovalRequest, JournalEntry, RunError, SignalAddress, Wait, Warning } from '../journal.ts';
import type { MomentOf, StepEnd } from '../run/run-state.ts';
import { say } from '../sentences.en.ts';
import type { NewRun, TakenSignal } from '../substrate.ts';
import { failed, failureOutput, type OnError, portOfFailure } from './record.ts';

/** What a step waits for, worked out once: it is written down and holds however often the run is resumed. */
export interface Parking {
  until?: number;
  signals: SignalAddress[];
  /** The input of the wait: what a person is shown, or its settings. */
  input?: Json;
  warnings?: Warning[];
}

/** How a wait ended. */
export type WaitEnd = { port: string; output: Json; warnings?: Warning[] } | { error: RunError };

export interface ParkOptions {
  /** Asked at the first visit only. */
  begin(): Parking | { error: RunError; whole: boolean };
  /** @param signal - undefined where none has come: the wait may be over all the same, or goes on with undefined. */
  end(signal: TakenSignal | undefined, wait: Wait, now: number): WaitEnd | undefined;
  /** What a person is asked about this input. */
  approval?(input: Json): ApprovalRequest;
  /** The run that is started with this input, and whose end ends the wait. */
  child?(input: Json): NewRun;
  /** What the step says about failures. Default fail. */
  onError?: OnError;
}

/**
 * Parks the run at this step until a moment or a signal. The end of the wait is one commit with the taking of its signal, so
 * whatever else comes at the same moment comes too late.
 */
export function park<W>(moment: MomentOf<W>, options: ParkOptions): StepEnd | Promise<StepEnd> {
  const earlier = moment.state.replay?.get(moment.stepKey)?.last;
  if (earlier?.kind === 'started' && earlier.wait) return goOn(moment, options, { ...earlier, wait: earlier.wait });
  const { state, stepKey } = moment;
  const begun = options.begin();
  if ('error' in begun) return failed(moment, begun.error, { whole: begun.whole, always: true, onError: options.onError });
  const { input, warnings, ...parking } = begun;
  const at = state.now();
  const wait: Wait = { stepKey, ...parking };
  const started: JournalEntry = { stepKey, attempt: 1, kind: 'started', at, input, wait, warnings };
  const over = options.end(undefined, wait, at);
  state.writer.record(started);
  if (!over) return waits(options, wait, input);
  const ended = entryOf(options, started, over, at);
  state.writer.record(ended);
  return endOf(ended);
}

async function goOn<W>({ state }: MomentOf<W>, options: ParkOptions, started: JournalEntry & { wait: Wait }): Promise<StepEnd> {
  const { wait } = started;
  const entries = await state.writer.takeSignal(wait, (signal) => {
    const at = state.now();
    const over = options.end(signal, wait, at);
    return over && [entryOf(options, started, over, at)];
  });
  const ended = entries?.[0];
  return ended ? endOf(ended) : waits(options, wait, started.input);
}

function waits({ approval, child }: ParkOptions, wait: Wait, input: Json | undefined): StepEnd {
  const asked = { ...(approval && { approval: approval(input ?? {}) }), ...(child && { child: child(input ?? {}) }) };
  return { kind: 'waits', waits: [{ ...wait, ...asked }] };
}

function entryOf({ onError }: ParkOptions, { stepKey, attempt, warnings = [] }: JournalEntry, over: WaitEnd, at: number): JournalEntry {
  const port = portOfFailure(onError);
  if ('error' in over) return { stepKey, attempt, kind: 'failed', at, error: over.error, port };
  const all = [...warnings, ...(over.warnings ?? [])];
  return { stepKey, attempt, kind: 'succeeded', at, output: over.output, port: over.port, ...(all.length > 0 && { warnings: all }) };
}

function endOf({ kind, error, port, output, at, stepKey }: JournalEntry): StepEnd {
  if (kind === 'failed' && port !== undefined) return { kind: 'went', port, output: failureOutput(port, error), at };
  if (kind === 'failed') return { kind: 'failed', error: error ?? { kind: 'unknown', ...say('run.step.wait.failed'), stepKey } };
  return { kind: 'went', port, output, at };
}
