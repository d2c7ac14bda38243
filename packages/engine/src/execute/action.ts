import { ConnectorError, RetryableError } from '@weft/connector-sdk';
import { formatPath, isObject, withDefaults, type Json, type JsonObject } from '@weft/json-schema';
import type { JournalEntry, RunError } from '../journal.ts';
import { keyOwner } from '../substrate.ts';
import { sleep } from '../run/child-controller.ts';
import { isInterruption, Superseded } from '../run/interrupted.ts';
import type { Executor, Moment, StepEnd } from '../run/run-state.ts';
import { toRunError } from '../run/to-run-error.ts';
import { attempt as attemptOnce } from './attempt.ts';
import { drift } from './drift.ts';
import { mapped } from './mapped.ts';
import { failed } from './record.ts';
import { retryDelay } from './retry-delay.ts';
import { parkAboveMs, takeTurn } from './take-turn.ts';

/**
 * Calls an operation. What happened before is committed before an effect begins, and the effect's result before
 * anything else leaves the process; a read is only written down before the next effect. A step that may run at most once
 * and was begun by an earlier process is not begun again.
 */
export const action: Executor<'action'> = async (moment) => {
  const { state, stepKey, work } = moment;
  const prepared = inputOf(moment);
  if ('error' in prepared) {
    return failed(moment, prepared.error, { onError: work.onError, whole: prepared.whole, always: true, ...(prepared.input !== undefined && { input: prepared.input }) });
  }
  const { input } = prepared;
  const earlier = state.replay?.get(stepKey);
  const pause = earlier?.last.retryAt === undefined ? 0 : earlier.last.retryAt - state.now();
  const mayPark = !moment.frame.inStream;
  if (mayPark && pause > parkAboveMs) return { kind: 'waits', waits: [{ stepKey, until: state.now() + pause, signals: [] }] };
  if (pause > 0) await sleep(pause, moment.frame.signal);
  const resumesAttempt = earlier?.last.kind === 'started';
  if (work.atMostOnce && work.hasEffect && resumesAttempt && !earlier.last.wait) {
    return failed(moment, { kind: 'unknown', message: outcomeUnknown(moment.step.title), stepKey }, { attempt: earlier.last.attempt, onError: work.onError, always: true });
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
    const result = await tryOnce(moment, { input, attempt, startedAt: startedAt ?? state.now() });
    if (work.hasEffect) state.writer.needCommit();
    if ('end' in result) return result.end;
    state.writer.record(result.retry);
    await state.writer.flush();
    const until = result.retry.retryAt ?? 0;
    if (mayPark && until - state.now() > parkAboveMs) return { kind: 'waits', waits: [{ stepKey, until, signals: [] }] };
    await sleep(Math.max(0, until - state.now()), moment.frame.signal);
  }
};

const outcomeUnknown = (title: string) =>
  `Weft stopped while “${title}” was in flight, and this step is never done twice: whether it took effect is not known. Look there, then replay the run from this step or leave it.`;

/** An effect waits for the commit of all before it, its own beginning included; in a test run everything does, so it can be watched. */
async function commitBefore({ state, work }: Moment<'action'>): Promise<void> {
  if (work.hasEffect || state.run.mode === 'test') await state.writer.flush();
  else await state.writer.flushIfNeeded();
}

type Tried = { end: StepEnd } | { retry: JournalEntry };

async function tryOnce(moment: Moment<'action'>, { input, attempt, startedAt }: { input: JsonObject; attempt: number; startedAt: number }): Promise<Tried> {
  const { state, frame, stepKey, work } = moment;
  const { run, services } = state;
  const call = {
    run,
    stepKey,
    attempt,
    use: work.use,
    ...(work.connection !== undefined && { connection: work.connection }),
    config: work.config,
    input,
    idempotencyKey: `${keyOwner(run)}:${stepKey}`,
    startedAt,
  };
  try {
    const output = await attemptOnce(services.runner, call, { signal: frame.signal, timeoutMs: work.timeoutMs });
    const broken = brokenContract(moment, output);
    return { end: broken ? failed(moment, broken, { attempt, onError: work.onError, always: true }) : succeeded(moment, output, attempt) };
  } catch (error) {
    if (isInterruption(error)) throw error;
    const known = error instanceof Superseded ? ({ kind: 'unknown', message: error.message, stepKey } satisfies RunError) : toRunError(error, stepKey);
    const mayRetry = error instanceof ConnectorError && error.retryable && attempt < work.retry.attempts;
    if (!mayRetry) return { end: failed(moment, known, { attempt, onError: work.onError, always: true }) };
    const askedMs = error instanceof RetryableError ? error.retryAfterMs : undefined;
    const at = state.now();
    return { retry: { stepKey, attempt, kind: 'failed', at, error: known, retryAt: at + retryDelay(work.retry, attempt, askedMs) } };
  }
}

function succeeded(moment: Moment<'action'>, output: Json, attempt: number): StepEnd {
  const { state, stepKey, work } = moment;
  const at = state.now();
  state.writer.record({ stepKey, attempt, kind: 'succeeded', at, output, ...drift(moment, output, work.learned) });
  return { kind: 'went', port: 'next', output, at };
}

type Prepared = { input: JsonObject } | { error: RunError; whole: boolean; input?: Json };

/** What the mapping gives, with defaults, checked against what the operation declares. */
function inputOf(moment: Moment<'action'>): Prepared {
  const { state, stepKey, work } = moment;
  const result = mapped(moment, work.input);
  if ('error' in result) return result;
  const input = withDefaults(work.operation.input, result.output);
  const [first, ...others] = state.services.validator.validate(work.operation.input, input);
  if (first) {
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    const where = first.path.length > 0 ? `“${formatPath(first.path)}”` : 'The input';
    return { error: { kind: 'invalid_input', message: `${where} ${first.message}${more}.`, stepKey, path: ['input', ...first.path] }, whole: false, input };
  }
  if (!isObject(input)) return { error: { kind: 'invalid_input', message: 'The input is not an object: map its fields.', stepKey, path: ['input'] }, whole: false, input };
  return { input };
}

/** Only an operation that declares its output can break its word. */
function brokenContract({ state, stepKey, work }: Moment<'action'>, output: Json): RunError | undefined {
  if (work.operation.outputSource !== 'declared') return undefined;
  const [first] = state.services.validator.validate(work.operation.output, output);
  if (!first) return undefined;
  const where = first.path.length > 0 ? `“${formatPath(first.path)}”` : 'the output';
  return { kind: 'contract_violation', message: `“${work.operation.title}” gave something else than it declares: ${where} ${first.message}. Report it to the connector’s author.`, stepKey };
}
