import { InputError } from '@weft/connector-sdk';
import { z } from 'zod';
import type { RunActions } from '../runs/run-actions.ts';
import type { StepTester } from '../runs/step-tester.ts';
import type { DynamicQuestion, Runner } from '../runtime/runner.ts';
import type { TryOut } from '../runtime/try-out.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import type { Guard, Task } from '../watchdog/guard.ts';
import { isTimezone } from '@weft/json-schema';
import { nextTimes, words } from '../triggers/schedule/times.ts';
import { id, json, jsonObject, operationRef } from './fields.ts';
import { flowDocument } from './flow-document.ts';
import { invalid, notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface TestingRouteParts {
  actions: Pick<RunActions, 'test'>;
  flows: Pick<FlowReader, 'get'>;
  runner: Pick<Runner, 'options' | 'schema'>;
  steps: StepTester;
  tryOut: TryOut;
  guard: Guard;
}

/** A form waits so long for its choices. */
const dynamicMs = 20_000;
const stepId = z.string().min(1).max(100);
const question = { use: operationRef, source: z.string().max(100), connection: id.optional(), config: jsonObject, again: z.boolean().optional() };

/** Trying things out while a flow is being built: a step, the whole draft, and what forms read live. */
export function testingRoutes({ actions, flows, runner, steps, tryOut, guard }: TestingRouteParts) {
  return defineRoutes({
    'POST /w/:workspace/flows/:flow/test-step': {
      policy: 'run.start',
      body: z.strictObject({ document: flowDocument, stepId, scope: jsonObject }),
      handler: async ({ workspace, params, body, request }) => {
        const flow = await flows.get(workspace.id, params.flow);
        if (!Object.hasOwn(body.document.steps, body.stepId)) throw notFound('This step');
        const task = { kind: 'step-test', workspaceId: workspace.id, subject: flow.id, state: body.document.steps[body.stepId], by: 'person' } as const;
        return guard.during(task, () => steps.test({ ...body, workspaceId: workspace.id, flowId: flow.id }, request.signal));
      },
    },
    'POST /w/:workspace/flows/:flow/test-run': {
      policy: 'run.start',
      body: z.strictObject({ document: flowDocument, payload: json, until: stepId.optional() }),
      handler: async ({ act, workspace, params, body }) => actions.test(act, workspace.id, params.flow, body),
    },
    'POST /w/:workspace/options': {
      policy: 'flow.edit',
      body: z.strictObject({ ...question, search: z.string().max(200).optional() }),
      handler: async ({ workspace, body: { again, ...question }, request }) => {
        const asked = { ...question, workspaceId: workspace.id, signal: shortly(request) };
        return own(guard.during(taskOf('options', asked, again), () => runner.options(asked)));
      },
    },
    'POST /w/:workspace/schema': {
      policy: 'flow.edit',
      body: z.strictObject(question),
      handler: async ({ workspace, body: { again, ...question }, request }) => {
        const asked = { ...question, workspaceId: workspace.id, signal: shortly(request) };
        return own(guard.during(taskOf('schema', asked, again), () => runner.schema(asked)));
      },
    },
    'POST /w/:workspace/try': {
      policy: 'flow.edit',
      body: z.strictObject({ use: operationRef, config: jsonObject.optional(), input: jsonObject.optional() }),
      handler: async ({ workspace, body, request }) => {
        const { use } = body;
        const task = { kind: 'step-test', workspaceId: workspace.id, subject: `${use.connector} ${use.operation}`, state: body, by: 'person' } as const;
        return guard.during(task, () => tryOut({ ...body, workspaceId: workspace.id, signal: request.signal }));
      },
    },
    'POST /schedule/preview': {
      policy: 'session',
      body: z.strictObject({ cron: z.string().max(200), timezone: z.string().max(100) }),
      handler: async ({ body: { cron, timezone } }) => {
        try {
          const next = nextTimes(cron, timezone, new Date(), 5).map((moment) => moment.toISOString());
          return { words: words(cron), next };
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          throw invalid(error.message, [{ path: [isTimezone(timezone) ? 'cron' : 'timezone'], message: error.message }]);
        }
      },
    },
  });
}

function taskOf(kind: 'options' | 'schema', { workspaceId, use, source, connection, config, search }: DynamicQuestion, again = false): Task {
  const state = [use, connection, config, search];
  return { kind, workspaceId, subject: `${use.connector} ${source}`, state, by: again ? 'again' : 'page' };
}

const shortly = (request: Request): AbortSignal => AbortSignal.any([request.signal, AbortSignal.timeout(dynamicMs)]);

/** Another workspace's connection does not exist here, and nothing is called on its behalf. */
async function own<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof InputError && error.path[0] === 'connection') throw notFound('This connection');
    throw error;
  }
}

