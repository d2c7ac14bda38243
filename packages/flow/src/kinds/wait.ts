import { inferSchema, type JsonSchema } from '@weft/json-schema';
import { may, number, object, oneOf, or } from '@weft/json-schema/read';
import { type Expression, readExpression } from '@weft/mapping';
import { ports } from '../graph/port.ts';
import { hasWayOut } from '../graph/has-way-out.ts';
import type { Problem } from '../problem.ts';
import { named, type Check } from '../problems/check.ts';
import { lastResult } from '../schemas/last-result.ts';
import { say } from '../sentences.en.ts';
import { maxWaitMs, operationShape } from './base-shape.ts';
import { defineKind } from './kind.ts';
import type { Part } from './part.ts';
import type { OperationUse, StepBase } from './step-base.ts';

/**
 * Parks the run until a moment or a signal. Its output is `{ resumedAt, payload? }`; a signal that does not come in time leads to
 * the port `timeout`, where there is a time limit.
 */
export interface WaitStep extends StepBase {
  kind: 'wait';
  mode: 'duration' | 'date' | 'signal';
  /** `duration`: how long, milliseconds. */
  durationMs?: number;
  /** `date`: gives a date or a date with time, as text; without a zone it means the flow's own. In the past: the run goes on at once. */
  date?: Expression;
  /** `signal`: gives a text or a number; the signal that names the same key ends this wait. What it brings is described by `schemas.output`. */
  key?: Expression;
  /** `signal`: how long at most, milliseconds. */
  timeoutMs?: number;
  /** `signal`: who may send it, and where its key stands. Default: whoever knows the address, with the key in it. */
  sender?: SignalSender;
}

/** How a signal comes: an operation whose trigger's strategy is `signal`; its connection has the secret that signals are checked with. */
export type SignalSender = OperationUse;

export const wait = defineKind<WaitStep>({
  shape: {
    mode: or(oneOf('duration', 'date', 'signal'), () => 'duration'),
    durationMs: may(number(0, maxWaitMs, true)),
    date: may(readExpression),
    key: may(readExpression),
    timeoutMs: may(number(1, maxWaitMs, true)),
    sender: may(object<SignalSender>(operationShape)),
  },
  ports: ({ mode, timeoutMs }) => (mode === 'signal' && timeoutMs !== undefined ? [ports.next, ports.timeout] : [ports.next]),
  goesOnByItself: true,
  parts: ({ mode, date, key, sender }): Part[] => [
    { path: ['date'], expression: date, expect: { type: 'string' }, unused: mode !== 'date' },
    { path: ['key'], expression: key, expect: { type: ['string', 'number'] }, unused: mode !== 'signal' },
    ...(sender ? [{ path: ['sender'], operation: sender, role: 'signal' as const, unused: mode !== 'signal' }] : []),
  ],
  output: (step) =>
    (step.mode === 'signal'
      ? signalOutputs(step.schemas?.output ?? step.samples ?? step, [step.samples, step.timeoutMs], () => signalOutput(step))
      : timeOutput),
  problems,
  mayFail: false,
  inStream: ({ title }) => say('flow.stream.refused.wait', { step: named(title) }),
  runsAlone: false,
});

function problems(step: WaitStep, check: Check, stepId: string): Problem[] {
  const missing = (path: 'durationMs' | 'date' | 'key'): Problem => ({
    code: `wait.${path}`,
    severity: 'error',
    stepId,
    path: [path],
    ...say(`flow.wait.${path}`, { step: named(step.title) }),
  });
  switch (step.mode) {
    case 'duration':
      return step.durationMs === undefined ? [missing('durationMs')] : [];
    case 'date':
      return step.date ? [] : [missing('date')];
    case 'signal': {
      const found = step.key ? [] : [missing('key')];
      if (step.timeoutMs !== undefined && !hasWayOut(check.flow, stepId, 'timeout')) {
        const said = say('flow.wait.timeoutUnconnected', { port: ports.timeout.sentence, step: named(step.title) });
        found.push({ code: 'wait.timeoutUnconnected', severity: 'warning', stepId, path: ['timeoutMs'], ...said });
      }
      return found;
    }
  }
}

const signalOutputs = lastResult<JsonSchema>();

const resumedAt: JsonSchema = { type: 'string', format: 'date-time', title: 'Went on at' };

const timeOutput: JsonSchema = { type: 'object', properties: { resumedAt }, required: ['resumedAt'] };

/** Beside the moment, what the signal brought; nothing of it where the time ran out or somebody skipped the wait. */
function signalOutput({ schemas, samples = [] }: WaitStep): JsonSchema {
  const learned = samples.length > 0 ? inferSchema(samples.map(({ output }) => output)) : undefined;
  const payload = schemas?.output ?? learned?.properties?.['payload'] ?? {};
  return { type: 'object', properties: { resumedAt, payload: { title: 'What the signal brought', ...payload } }, required: ['resumedAt'] };
}
