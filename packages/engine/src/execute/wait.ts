import { compileExpression, type CompiledExpression } from '@weft/mapping';
import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import type { RunError } from '../journal.ts';
import type { Executor, Moment } from '../run/run-state.ts';
import { toRunError } from '../run/to-run-error.ts';
import { drift } from './drift.ts';
import { evaluated } from './mapped.ts';
import { park, type Parking, type WaitEnd } from './park.ts';

/** Longer than anybody watches a test run. */
export const testWaitMs = 5_000;

/** Parks the run for a time, until a date, or until a signal; people may end any wait by hand. */
export const wait: Executor<'wait'> = (moment) =>
  park(moment, {
    begin: () => beginnings[moment.work.mode](moment),
    end(signal, { until }, now) {
      const resumedAt = new Date(now).toISOString();
      if (signal?.name === 'skip') return skipped(resumedAt, signal.payload);
      if (signal) return came(moment, resumedAt, signal.payload);
      if (until === undefined || until > now) return undefined;
      const port = moment.work.mode === 'signal' ? 'timeout' : 'next';
      return { port, output: { resumedAt } };
    },
  });

type Begun = Parking | { error: RunError; whole: boolean };

const beginnings: Record<Moment<'wait'>['work']['mode'], (moment: Moment<'wait'>) => Begun> = {
  duration(moment) {
    const { durationMs } = moment.work;
    if (durationMs === undefined) return refuse(moment, 'durationMs', 'does not know how long to wait: say how long.');
    return untilMoment(moment, moment.state.now() + durationMs);
  },
  date(moment) {
    const { work } = moment;
    if (!work.date) return refuse(moment, 'date', 'does not know until when to wait: choose a date.');
    const found = instantOf(moment, work.date);
    return 'error' in found ? { ...found, whole: false } : untilMoment(moment, found.at);
  },
  signal(moment) {
    const { work, state, step } = moment;
    if (!work.key) return refuse(moment, 'key', 'does not know which signal is its own: choose its key.');
    const result = evaluated(moment, work.key);
    if ('error' in result) return { ...result, whole: false };
    const key = typeof result.value === 'number' ? String(result.value) : result.value;
    if (typeof key !== 'string' || key === '') return refuse(moment, 'key', 'has no key to wait for: what was chosen gave neither a text nor a number here.');
    if (key.length > longestKey) return refuse(moment, 'key', `waits for a key of ${key.length} characters; at most ${longestKey} are possible.`);
    const name = `${state.run.mode === 'test' ? 'test' : 'step'}:${state.run.flowId}/${step.id}`;
    return {
      ...(work.timeoutMs !== undefined && { until: state.now() + work.timeoutMs }),
      signals: [{ name, key }, skipAddress(moment)],
      input: { key },
    };
  },
};

/** As with other ids that senders make up. */
const longestKey = 500;

function untilMoment(moment: Moment<'wait'>, until: number): Parking {
  const { state } = moment;
  const soonest = state.now() + testWaitMs;
  const input = { until: new Date(until).toISOString() };
  if (state.run.mode === 'live' || until <= soonest) return { until, signals: [skipAddress(moment)], input };
  const warnings = [`A test run waits ${testWaitMs / 1_000} seconds at most; a live one would have gone on at ${input.until}.`];
  return { until: soonest, signals: [skipAddress(moment)], input, warnings };
}

/** Where people end a wait by hand. */
const skipAddress = ({ state, stepKey }: Moment) => ({ name: 'skip', key: `${state.run.runId}:${stepKey}` });

function refuse({ step, stepKey }: Moment, field: string, why: string): Begun {
  return { error: { kind: 'invalid_input', message: `“${step.title}” ${why}`, stepKey, path: [field] }, whole: false };
}

function skipped(resumedAt: string, given: Json): WaitEnd {
  const { by, payload }: JsonObject = isObject(given) ? given : {};
  const who = typeof by === 'string' ? by : 'Somebody';
  const output: JsonObject = { resumedAt, ...(payload !== undefined && { payload }) };
  return { port: 'next', output, warnings: [payload === undefined ? `${who} ended this wait by hand.` : `${who} sent this signal by hand.`] };
}

function came(moment: Moment<'wait'>, resumedAt: string, payload: Json): WaitEnd {
  return { port: 'next', output: { resumedAt, payload }, ...drift(moment, payload, moment.work.learned) };
}

/** A date without a time is its first moment, and a time without a zone is one of the flow's own. */
function instantOf(moment: Moment<'wait'>, expression: CompiledExpression): { at: number } | { error: RunError } {
  const { step, stepKey, state } = moment;
  const result = evaluated(moment, expression);
  if ('error' in result) return result;
  const { value } = result;
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return { error: { kind: 'invalid_input', message: `“${step.title}” has no date to wait for: what was chosen gave none here.`, stepKey, path: ['date'] } };
  const timezone = state.plan.timezone ?? 'UTC';
  try {
    const read = compileExpression({ fn: 'parseDate', args: [{ const: /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text }] });
    return { at: Date.parse(String(read({}, { now: new Date(moment.now), seed: stepKey, timezone }))) };
  } catch (error) {
    return { error: { ...toRunError(error, stepKey), path: ['date'] } };
  }
}
