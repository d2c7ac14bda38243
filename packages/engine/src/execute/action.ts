import { ConnectorError, type Operation, RetryableError } from '@weft/connector-sdk';
import { targetOfStep, effectLimits, repeatOf, type RetryPolicy, type StepOf } from '@weft/flow';
import { exactNumbers, mergeOpen, mergeWanted, type Json, type JsonObject, type JsonSchema, type NumberPlaces } from '@weft/json-schema';
import type { JournalEntry, RunError, Warning } from '../journal.ts';
import { usedOperation, type UsedOperation } from '../plan/used-operation.ts';
import { wantedNumbers } from '../plan/wanted-numbers.ts';
import { sleep } from '../run/child-controller.ts';
import { isInterruption } from '../run/interrupted.ts';
import type { MomentOf, StepEnd } from '../run/run-state.ts';
import { toRunError } from '../run/to-run-error.ts';
import { named, say } from '../sentences.en.ts';
import { attempt as attemptOnce } from './attempt.ts';
import { callOf } from './call-of.ts';
import { demandsOf, whatIsLacking, type Demands } from './demands.ts';
import { drift } from './drift.ts';
import { goesOn, type Executor } from './executor.ts';
import { learnedOutput } from './learned-output.ts';
import { type Mapped, mapRecord, maxWarnings } from './map-record.ts';
import { brokenOutput } from './broken-output.ts';
import { BadInput, badInputError, checkedInput } from './checked-input.ts';
import { isOfTheConnection } from './of-the-step.ts';
import { placeOf } from './place.ts';
import { failed, warned, type OnError } from './record.ts';
import { resumedLater } from './resumed.ts';
import { maxAskedMs, retryDelay } from './retry-delay.ts';
import { parkAboveMs, takeTurn } from './take-turn.ts';

export interface ActionWork extends UsedOperation {
  kind: 'action';
  retry: RetryPolicy;
  timeoutMs: number;
  onError: OnError;
  /** Once begun it is never begun again. */
  atMostOnce: boolean;
  /** False for reads: repeating them does nothing. */
  hasEffect: boolean;
  /** What the output is warned about when it differs. */
  learned?: JsonSchema;
  /** What the step itself says that the input must have, beside what the operation declares. */
  demands?: Demands;
  /** Where what it is called with holds numbers. */
  numbers?: NumberPlaces;
  /** False where the operation's input declares no default: then records are not searched for them. */
  hasDefaults: boolean;
}

/**
 * Calls an operation. What happened before is committed before an effect begins, and the effect's result before
 * anything else leaves the process; a read is only written down before the next effect. A step that may run at most once
 * and was begun by an earlier process is not begun again.
 */
export const action: Executor<StepOf<'action'>, ActionWork> = {
  plan(step, around) {
    const { retry, delivery, timeoutMs = effectLimits.timeoutMs.usual, onError = 'fail', schemas } = step;
    const used = usedOperation(step.title, { ...step, target: targetOfStep(step, around.catalogue) }, around);
    const atMostOnce = delivery === 'at-most-once';
    return {
      kind: 'action',
      ...used,
      demands: describedDemands(schemas?.input, used.operation),
      numbers: wantedNumbers(step.input, schemas?.input ? mergeOpen(used.operation.input, schemas.input) : used.operation.input),
      hasDefaults: /"(?:default|then|else)":/.test(JSON.stringify(used.operation.input)),
      retry: { backoff: effectLimits.backoff.usual, ...retry, attempts: atMostOnce ? 1 : attemptsOf(retry) },
      timeoutMs,
      onError,
      atMostOnce,
      hasEffect: repeatOf(used.operation, used.config) !== 'read',
      learned: learnedOutput(schemas?.output, used.operation),
    };
  },
  execute,
  resume: resumedLater,
  portOfPin: goesOn,
  stageOf: ({ operation }) => (operation.stream?.role === 'sink' ? 'sink' : 'calls'),
};

/** Only parts that the operation leaves open are described by the step; what is declared is checked as declared. */
const describedDemands = (described: JsonSchema | undefined, { input }: Operation): Demands | undefined =>
  demandsOf(described) && demandsOf(mergeWanted(input, described));

function attemptsOf(retry: StepOf<'action'>['retry']): number {
  const { min, max, usual } = effectLimits.attempts;
  return Math.min(max, Math.max(min, retry?.attempts ?? usual));
}

/** Maps before anything is asynchronous: whoever performs a step hears at once of a mapping that would keep others waiting. */
function execute(moment: MomentOf<ActionWork>): Promise<StepEnd> {
  return call(moment, mapRecord(moment.work.input, moment.frame.scope, placeOf(moment)));
}

async function call(moment: MomentOf<ActionWork>, mapped: Mapped): Promise<StepEnd> {
  const { state, frame, stepKey, work } = moment;
  const { onError } = work;
  if ('error' in mapped) return failed(moment, mapped.error, { onError, whole: mapped.whole, always: true });
  const input = checkedInput(state.services.validator, work.operation, mapped.output, work.hasDefaults);
  if (input instanceof BadInput) return failed(moment, badInputError(input, stepKey), { onError, always: true, input: input.input });
  const lacking = whatIsLacking(work.demands, input, moment);
  if (lacking) return failed(moment, lacking, { onError, always: true, input });
  const earlier = state.replay?.get(stepKey);
  const pause = earlier?.last.retryAt === undefined ? 0 : earlier.last.retryAt - state.now();
  const mayPark = !frame.inStream;
  if (mayPark && pause > parkAboveMs) return { kind: 'waits', waits: [{ stepKey, until: state.now() + pause, signals: [] }] };
  if (pause > 0) await sleep(pause, frame.signal);
  const resumesAttempt = earlier?.last.kind === 'started';
  if (work.atMostOnce && work.hasEffect && resumesAttempt && !earlier.last.wait) {
    const unknown = say('run.operation.outcomeUnknown', { step: named(moment.step.title) });
    return failed(moment, { kind: 'unknown', ...unknown, stepKey }, { attempt: earlier.last.attempt, onError, always: true });
  }
  let attempt = earlier ? earlier.last.attempt + (resumesAttempt ? 0 : 1) : 1;
  let startedAt = earlier?.startedAt;
  for (; ; attempt++) {
    const turn = takeTurn(moment, { attempt, input });
    // Without an await where nothing limits it: most calls are like that.
    const waits = turn instanceof Promise ? await turn : turn;
    if (waits) return waits;
    // A wait for its turn is no start of the call.
    if (!(resumesAttempt && attempt === earlier?.last.attempt && !earlier.last.wait)) {
      const started: JournalEntry = { stepKey, attempt, kind: 'started', at: state.now(), ...(attempt === 1 && { input }) };
      state.writer.record(started);
      startedAt ??= started.at;
    }
    await commitBefore(moment);
    const result = await tryOnce(moment, { input, attempt, startedAt: startedAt ?? state.now(), warnings: mapped.warnings });
    if (work.hasEffect) state.writer.needCommit();
    if ('end' in result) return result.end;
    state.writer.record(result.retry);
    await state.writer.flush();
    const until = result.retry.retryAt ?? 0;
    if (mayPark && until - state.now() > parkAboveMs) return { kind: 'waits', waits: [{ stepKey, until, signals: [] }] };
    await sleep(Math.max(0, until - state.now()), frame.signal);
  }
}

/** An effect waits for the commit of all before it, its own beginning included; in a test run everything does, so it can be watched. */
async function commitBefore({ state, work }: MomentOf<ActionWork>): Promise<void> {
  if (work.hasEffect || state.run.mode === 'test') await state.writer.flush();
  else await state.writer.flushIfNeeded();
}

interface Try {
  input: JsonObject;
  attempt: number;
  startedAt: number;
  warnings: Warning[] | undefined;
}

type Tried = { end: StepEnd } | { retry: JournalEntry };

async function tryOnce(moment: MomentOf<ActionWork>, { input, attempt, startedAt, warnings }: Try): Promise<Tried> {
  const { state, frame, stepKey, work } = moment;
  const { runner, validator } = state.services;
  const { onError } = work;
  let said = warnings;
  const warn = (sentence: string): void => {
    if ((said?.length ?? 0) < maxWarnings) said = [...(said ?? []), { message: sentence }];
  };
  try {
    const exact = exactNumbers(input, work.numbers);
    const call = { ...callOf(state.run, work, { stepKey, attempt, startedAt, input, timeoutMs: work.timeoutMs }), warn, exact };
    const output = await attemptOnce(runner, call, { signal: frame.signal, timeoutMs: work.timeoutMs });
    const broken = brokenOutput(validator, work.operation, output, stepKey);
    return { end: broken ? failed(moment, broken, { attempt, onError, always: true }) : succeeded(moment, output, attempt, said) };
  } catch (error) {
    if (isInterruption(error)) throw error;
    const known = toRunError(error, stepKey);
    const mayRetry = error instanceof ConnectorError && error.retryable && attempt < work.retry.attempts;
    if (!mayRetry) return { end: failed(moment, known, { attempt, onError, whole: onError === 'fail' && isOfTheConnection(known, work), always: true }) };
    const askedMs = error instanceof RetryableError ? error.retryAfterMs : undefined;
    const at = state.now();
    const retryAt = at + retryDelay(work.retry, attempt, askedMs);
    return {
      retry: {
        stepKey,
        attempt,
        kind: 'failed',
        at,
        error: askedMs !== undefined && askedMs > maxAskedMs ? sooner(known, at + askedMs, retryAt) : known,
        retryAt,
      },
    };
  }
}

/** The service asks for a longer wait than a run makes: the error says that the next try comes earlier. */
const sooner = (error: RunError, until: number, at: number): RunError => ({
  ...error,
  ...say('run.retry.sooner', { error, until: minuteOf(until), at: minuteOf(at) }),
});

const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function succeeded(moment: MomentOf<ActionWork>, output: Json, attempt: number, warnings: Warning[] | undefined): StepEnd {
  const { state, stepKey, work } = moment;
  const at = state.now();
  state.writer.record({ stepKey, attempt, kind: 'succeeded', at, output, ...warned({ warnings }, drift(moment, output, work.learned)) });
  return { kind: 'went', port: 'next', output, at };
}
