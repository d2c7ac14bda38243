import { triggerSettings } from '@weft/connector-sdk';
import type { FlowDocument, TriggerStep } from '../document.ts';
import type { Problem } from '../problem.ts';
import type { Catalogue } from '../catalogue.ts';
import { updateStep } from '../edit/update-step.ts';
import { containersOf, stepOf } from '../graph/step-graph.ts';
import { upstreamOf } from '../graph/upstream-of.ts';
import { triggerOf } from '../graph/trigger-of.ts';
import { fix, say } from '../sentences.en.ts';
import { named, ofFlow } from './check.ts';

/** Whether callers of this trigger wait for the answer of a respond step. */
export function waitsForAnswer(step: TriggerStep, catalogue: Catalogue): boolean {
  const operation = catalogue.operation(step.use);
  if (operation?.trigger?.strategy !== 'webhook') return false;
  return triggerSettings(operation, step.config)['respond'] === 'when-finished';
}

/** One answer on every way through, and a caller that waits for it. */
export const answers = ofFlow(({ flow, catalogue }) => {
  const trigger = triggerOf(flow);
  const responds = Object.keys(flow.steps).filter((stepId) => flow.steps[stepId]?.kind === 'respond');
  const found = responds.flatMap((stepId) => [...second(flow, stepId), ...inLoop(flow, stepId)]);
  if (!trigger) return found;
  const waits = waitsForAnswer(trigger.step, catalogue);
  if (waits && responds.length === 0) {
    const said = say('flow.respond.missing', { trigger: named(trigger.step.title) });
    found.push({ code: 'respond.missing', severity: 'warning', stepId: trigger.stepId, path: ['config', 'respond'], ...said });
  }
  // A flow that is started by hand may also be called by another one, which hears the answer.
  const isCalled = catalogue.operation(trigger.step.use)?.trigger?.strategy === 'manual';
  if (!waits && !isCalled) found.push(...responds.map((stepId) => unheard(flow, catalogue, stepId, trigger)));
  return found;
});

function second(flow: FlowDocument, stepId: string): Problem[] {
  const earlier = upstreamOf(flow, stepId).find((id) => stepOf(flow, id)?.kind === 'respond');
  if (earlier === undefined) return [];
  const said = say('flow.respond.second', { earlier: named(stepOf(flow, earlier)?.title), step: named(stepOf(flow, stepId)?.title) });
  return [{ code: 'respond.second', severity: 'error', stepId, ...said }];
}

function inLoop(flow: FlowDocument, stepId: string): Problem[] {
  if (containersOf(flow, stepId).length === 0) return [];
  return [{ code: 'respond.inLoop', severity: 'warning', stepId, ...say('flow.respond.inLoop', { step: named(stepOf(flow, stepId)?.title) }) }];
}

function unheard(
  flow: FlowDocument,
  catalogue: Catalogue,
  stepId: string,
  { stepId: triggerId, step: trigger }: { stepId: string; step: TriggerStep },
): Problem {
  const { trigger: contract, config: settings } = catalogue.operation(trigger.use) ?? {};
  const isWebhook = contract?.strategy === 'webhook';
  const isOpen = settings?.properties?.['respond'] !== undefined;
  const step = named(stepOf(flow, stepId)?.title);
  const config = { ...trigger.config, respond: 'when-finished' };
  return {
    code: 'respond.unheard',
    severity: 'warning',
    stepId,
    ...(isWebhook ? say('flow.respond.unheard.atOnce', { step, trigger: named(trigger.title) }) : say('flow.respond.unheard', { step })),
    ...(isWebhook && isOpen && { fixes: [fix(say('flow.fix.answerWhenFinished'), (current) => updateStep(current, triggerId, { config }))] }),
  };
}
