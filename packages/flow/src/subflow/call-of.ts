import { inferSchema, isAnything, isObject, schemaAt, type Json, type JsonObject, type JsonSchema } from '@weft/json-schema';
import type { CallableFlow, Catalogue } from '../catalogue.ts';
import type { FlowDocument, OperationRef } from '../document.ts';
import type { Repeat } from '../effects/repeat-of.ts';
import { triggerOf } from '../graph/trigger-of.ts';
import type { CallPart } from '../kinds/part.ts';
import { isCallPart, partsOf, repeatOfStep } from '../kinds/parts-of.ts';
import { viewOf } from '../schemas/view-of.ts';

/** Runs above a run, at most: a flow that calls a flow that calls a flow … */
export const maxCallDepth = 8;

/** What others need to know of a flow to call it. */
export function callOf(flow: FlowDocument, catalogue: Catalogue): Pick<CallableFlow, 'title' | 'callable' | 'input' | 'output' | 'calls' | 'repeat'> {
  return {
    title: flow.title,
    callable: payloadOfCall(flow, catalogue, null) !== undefined,
    input: inputOfCall(flow, catalogue),
    output: outputOf(flow, catalogue),
    calls: callsOf(flow).map(({ call }) => call.flow),
    repeat: repeatOfFlow(flow, catalogue),
  };
}

/** Where the flow calls other flows. */
export const callsOf = ({ steps }: FlowDocument): (CallPart & { stepId: string })[] =>
  Object.entries(steps).flatMap(([stepId, step]) =>
    partsOf(step)
      .filter(isCallPart)
      .filter(({ call }) => call.flow !== '')
      .map((part) => ({ stepId, ...part })),
  );

/** The trigger's output when another flow calls with this input; undefined where the trigger accepts no calls. */
export function payloadOfCall(flow: FlowDocument, catalogue: Catalogue, input: Json): JsonObject | undefined {
  const trigger = triggerOf(flow)?.step;
  return trigger && payloads[strategyOf(trigger.use, catalogue) ?? '']?.(input);
}

/** Whether a flow that this operation starts can be called by another one. */
export const takesCalls = (trigger: OperationRef, catalogue: Catalogue): boolean => Object.hasOwn(payloads, strategyOf(trigger, catalogue) ?? '');

const strategyOf = (trigger: OperationRef, catalogue: Catalogue): string | undefined => catalogue.operation(trigger)?.trigger?.strategy;

/** What a trigger gives where another flow stands in for its caller. */
const payloads: Record<string, (input: Json) => JsonObject> = {
  manual: (input) => ({ body: input }),
  webhook: (input) => ({ method: 'POST', headers: {}, query: {}, body: input }),
};

/** The schema of the payload that the flow's trigger declares; `x-open` where it declares none. */
export function inputOfCall(flow: FlowDocument, catalogue: Catalogue): JsonSchema {
  const trigger = triggerOf(flow);
  const body = trigger && schemaAt(viewOf(flow, catalogue).outputSchema(trigger.stepId), ['body']);
  // Not described: the caller decides what it passes.
  if (!body || isAnything(body)) return { 'x-open': true };
  const { 'x-open': _open, ...described } = body;
  return described;
}

/** The body of its respond step, as it is described, else as it looks on samples. */
function outputOf(flow: FlowDocument, catalogue: Catalogue): JsonSchema {
  const view = viewOf(flow, catalogue);
  const answers = Object.keys(flow.steps).filter((stepId) => flow.steps[stepId]?.kind === 'respond');
  const [answer] = answers;
  if (answer === undefined || answers.length > 1) return {};
  const described = schemaAt(view.outputSchema(answer), ['body']);
  if (described && !isAnything(described)) return described;
  const { value } = view.sample(answer);
  return isObject(value) && value['body'] !== undefined ? inferSchema([value['body']]) : {};
}

const harm: readonly Repeat[] = ['read', 'idempotent', 'keyed', 'unsafe'];

function repeatOfFlow(flow: FlowDocument, catalogue: Catalogue): Repeat {
  const repeats = Object.values(flow.steps).map((step): Repeat => repeatOfStep(step, catalogue) ?? 'read');
  return harm[Math.max(0, ...repeats.map((repeat) => harm.indexOf(repeat)))] ?? 'unsafe';
}
