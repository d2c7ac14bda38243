import { withDefaults } from '@weft/json-schema';
import type { FlowDocument, TriggerStep } from '../document.ts';
import type { Problem } from '../problem.ts';
import type { Catalogue } from '../catalogue.ts';
import { updateStep } from '../edit/add-step.ts';
import { containersOf, stepOf } from '../graph/step-graph.ts';
import { upstreamOf } from '../graph/upstream-of.ts';
import { quoted, type Rules } from './check.ts';

/** Whether callers of this trigger wait for the answer of a respond step. */
export function waitsForAnswer(step: TriggerStep, catalogue: Catalogue): boolean {
  const operation = catalogue.operation(step.use);
  if (operation?.trigger?.strategy !== 'webhook') return false;
  const settings = withDefaults(operation.config ?? {}, step.config ?? {});
  return Object(settings)['respond'] === 'when-finished';
}

/** One answer on every way through, and somebody who waits for it. */
export const answers: Rules = ({ flow, catalogue }) => {
  const [triggerId, trigger] = Object.entries(flow.steps).find(([, { kind }]) => kind === 'trigger') ?? [];
  const responds = Object.keys(flow.steps).filter((stepId) => flow.steps[stepId]?.kind === 'respond');
  const found = responds.flatMap((stepId) => [...second(flow, stepId), ...inLoop(flow, stepId)]);
  if (triggerId === undefined || trigger?.kind !== 'trigger') return found;
  const waits = waitsForAnswer(trigger, catalogue);
  if (waits && responds.length === 0) {
    const message = `Whoever calls ${quoted(trigger.title)} waits and gets an empty answer: add a Respond step.`;
    found.push({ code: 'respond.missing', severity: 'warning', stepId: triggerId, path: ['config', 'respond'], message });
  }
  // A flow that is started by hand may also be called by another one, which hears the answer.
  const isCalled = catalogue.operation(trigger.use)?.trigger?.strategy === 'manual';
  if (!waits && !isCalled) found.push(...responds.map((stepId) => unheard(flow, catalogue, stepId, triggerId, trigger)));
  return found;
};

function second(flow: FlowDocument, stepId: string): Problem[] {
  const earlier = upstreamOf(flow, stepId).find((id) => stepOf(flow, id)?.kind === 'respond');
  if (earlier === undefined) return [];
  const message = `${quoted(stepOf(flow, earlier)?.title)} has answered already when ${quoted(stepOf(flow, stepId)?.title)} is reached: only the first answer is sent.`;
  return [{ code: 'respond.second', severity: 'error', stepId, message }];
}

function inLoop(flow: FlowDocument, stepId: string): Problem[] {
  if (containersOf(flow, stepId).length === 0) return [];
  const message = `${quoted(stepOf(flow, stepId)?.title)} is inside a loop: only the first item’s answer is sent. Move it behind the loop to answer with all of them.`;
  return [{ code: 'respond.inLoop', severity: 'warning', stepId, message }];
}

function unheard(flow: FlowDocument, catalogue: Catalogue, stepId: string, triggerId: string, trigger: TriggerStep): Problem {
  const isWebhook = catalogue.operation(trigger.use)?.trigger?.strategy === 'webhook';
  const message = isWebhook
    ? `Nobody hears ${quoted(stepOf(flow, stepId)?.title)}: ${quoted(trigger.title)} answers its caller at once. Let it answer when the flow has finished.`
    : `Nobody hears ${quoted(stepOf(flow, stepId)?.title)}: only a webhook has a caller who waits for an answer.`;
  const config = { ...trigger.config, respond: 'when-finished' };
  return {
    code: 'respond.unheard',
    severity: 'warning',
    stepId,
    message,
    ...(isWebhook && { fixes: [{ title: 'Answer when finished', apply: (current) => updateStep(current, triggerId, { config }) }] }),
  };
}
