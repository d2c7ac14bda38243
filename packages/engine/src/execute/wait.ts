import type { StepOf } from '@weft/flow';
import { isObject, type Json, type JsonObject, type JsonSchema } from '@weft/json-schema';
import { type CompiledExpression, readMoment } from '@weft/mapping';
import type { Said } from '@weft/sentences';
import type { RunError } from '../journal.ts';
import { compiledExpression } from '../plan/compiled.ts';
import type { MomentOf } from '../run/run-state.ts';
import { toRunError } from '../run/to-run-error.ts';
import { named, part, say } from '../sentences.en.ts';
import { demandsOf, whatIsLacking, type Demands } from './demands.ts';
import { drift } from './drift.ts';
import { goesOn, type Executor } from './executor.ts';
import { evaluated } from './map-record.ts';
import { park, type Parking, type WaitEnd } from './park.ts';
import { placeOf } from './place.ts';
import { resumedLater } from './resumed.ts';

/** Longer than anybody watches a test run. */
export const testWaitMs = 5_000;

type WaitStep = StepOf<'wait'>;

export interface WaitWork extends Pick<WaitStep, 'kind' | 'mode' | 'durationMs' | 'timeoutMs'> {
  date?: CompiledExpression;
  key?: CompiledExpression;
  learned?: JsonSchema;
  /** What the signal must bring. */
  demands?: Demands;
}

/** Parks the run for a time, until a date, or until a signal; people may end any wait by hand. */
export const wait: Executor<WaitStep, WaitWork> = {
  plan: ({ mode, durationMs, timeoutMs, date, key, schemas }) => ({
    kind: 'wait',
    mode,
    durationMs,
    timeoutMs,
    date: compiledExpression(date),
    key: compiledExpression(key),
    learned: schemas?.output,
    demands: demandsOf(schemas?.output),
  }),
  execute: (moment) =>
    park(moment, {
      begin: () => beginnings[moment.work.mode](moment),
      end(signal, { until }, now) {
        const resumedAt = new Date(now).toISOString();
        if (signal?.name === 'skip') return skipped(moment, resumedAt, signal.payload);
        if (signal) return came(moment, resumedAt, signal.payload);
        if (until === undefined || until > now) return undefined;
        const port = moment.work.mode === 'signal' ? 'timeout' : 'next';
        return { port, output: { resumedAt } };
      },
    }),
  resume: resumedLater,
  portOfPin: goesOn,
};

type Begun = Parking | { error: RunError; whole: boolean };

const beginnings: Record<WaitWork['mode'], (moment: MomentOf<WaitWork>) => Begun> = {
  duration(moment) {
    const { durationMs } = moment.work;
    if (durationMs === undefined) return refuse(moment, 'durationMs', say('run.wait.duration', stepOf(moment)));
    return untilMoment(moment, moment.state.now() + durationMs);
  },
  date(moment) {
    const { work } = moment;
    if (!work.date) return refuse(moment, 'date', say('run.wait.date', stepOf(moment)));
    const found = instantOf(moment, work.date);
    return 'error' in found ? { ...found, whole: false } : untilMoment(moment, found.at);
  },
  signal(moment) {
    const { work, state, frame, step } = moment;
    if (!work.key) return refuse(moment, 'key', say('run.wait.key', stepOf(moment)));
    const result = evaluated(work.key, frame.scope, placeOf(moment));
    if ('error' in result) return { ...result, whole: false };
    const key = typeof result.value === 'number' ? String(result.value) : result.value;
    if (typeof key !== 'string' || key === '') return refuse(moment, 'key', say('run.wait.key.none', stepOf(moment)));
    if (key.length > maxKeyLength) return refuse(moment, 'key', say('run.wait.key.long', { ...stepOf(moment), length: key.length, max: maxKeyLength }));
    const name = `${state.run.mode === 'test' ? 'test' : 'step'}:${state.run.flowId}/${step.id}`;
    return {
      ...(work.timeoutMs !== undefined && { until: state.now() + work.timeoutMs }),
      signals: [{ name, key }, skipAddress(moment)],
      input: { key },
    };
  },
};

/** As with other ids that senders make up. */
const maxKeyLength = 500;

function untilMoment(moment: MomentOf<WaitWork>, until: number): Parking {
  const { state } = moment;
  const soonest = state.now() + testWaitMs;
  const input = { until: new Date(until).toISOString() };
  if (state.run.mode === 'live' || until <= soonest) return { until, signals: [skipAddress(moment)], input };
  const warnings = [say('run.warning.testWait', { seconds: testWaitMs / 1_000, until: input.until })];
  return { until: soonest, signals: [skipAddress(moment)], input, warnings };
}

/** Where people end a wait by hand. */
const skipAddress = ({ state, stepKey }: MomentOf<WaitWork>) => ({ name: 'skip', key: `${state.run.runId}:${stepKey}` });

const stepOf = ({ step }: MomentOf<WaitWork>) => ({ step: named(step.title) });

function refuse({ stepKey }: MomentOf<WaitWork>, field: string, said: Said): Begun {
  return { error: { kind: 'invalid_input', ...said, stepKey, path: [field] }, whole: false };
}

function skipped(moment: MomentOf<WaitWork>, resumedAt: string, given: Json): WaitEnd {
  const { by, payload }: JsonObject = isObject(given) ? given : {};
  // What a person sends in the signal's place is held to the same.
  const lacking = payload === undefined ? undefined : whatIsLacking(moment.work.demands, payload, moment, 'output');
  if (lacking) return { error: lacking };
  const who = typeof by === 'string' ? by : part('run.warning.somebody');
  const output: JsonObject = { resumedAt, ...(payload !== undefined && { payload }) };
  return { port: 'next', output, warnings: [say(payload === undefined ? 'run.warning.waitEnded' : 'run.warning.signalSent', { who })] };
}

function came(moment: MomentOf<WaitWork>, resumedAt: string, payload: Json): WaitEnd {
  const lacking = whatIsLacking(moment.work.demands, payload, moment, 'output');
  if (lacking) return { error: lacking };
  return { port: 'next', output: { resumedAt, payload }, ...drift(moment, payload, moment.work.learned) };
}

/** A date without a time is its first moment, and a time without a zone is one of the flow's own. */
function instantOf(moment: MomentOf<WaitWork>, expression: CompiledExpression): { at: number } | { error: RunError } {
  const { stepKey, state, frame } = moment;
  const result = evaluated(expression, frame.scope, placeOf(moment));
  if ('error' in result) return result;
  const { value } = result;
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return { error: { kind: 'invalid_input', ...say('run.wait.date.none', stepOf(moment)), stepKey, path: ['date'] } };
  try {
    return { at: readMoment(text, state.plan.timezone ?? 'UTC') };
  } catch (error) {
    return { error: { ...toRunError(error, stepKey), path: ['date'] } };
  }
}
