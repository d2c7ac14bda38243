import { may, number, or, text } from '@weft/json-schema/read';
import { type MappingDocument, readMapping } from '@weft/mapping';
import { ports } from '../graph/port.ts';
import type { Problem } from '../problem.ts';
import { named, type Check } from '../problems/check.ts';
import { part, say } from '../sentences.en.ts';
import { callCycle } from '../subflow/call-cycle.ts';
import { effectsShape, type Effects } from './effects.ts';
import { defineKind } from './kind.ts';
import type { StepBase } from './step-base.ts';

/**
 * Calls another flow of the workspace as a run of its own and waits for its end. Its output is what that flow answers: the body
 * of its respond step.
 */
export interface SubflowStep extends StepBase, Pick<Effects, 'onError'> {
  kind: 'subflow';
  /** Id of the flow that is called; empty while none is chosen. */
  flow: string;
  /** Set by publishing: the called flow's version at that moment. Without it, as in a test run, its draft is called. */
  version?: number;
  /** Fills what the called flow's trigger takes as its body. */
  input?: MappingDocument;
}

export const subflow = defineKind<SubflowStep>({
  shape: { onError: effectsShape.onError, flow: or(text(100), () => ''), version: may(number(1, 1_000_000_000, true)), input: may(readMapping) },
  ports: () => [ports.next],
  goesOnByItself: true,
  parts: (step) => [
    { path: [], call: step },
    { path: ['input'], mapping: step.input },
  ],
  target: ({ flow }, catalogue) => catalogue.flow?.(flow)?.input,
  output: ({ schemas, flow }, { catalogue }) => schemas?.output ?? catalogue.flow?.(flow)?.output ?? {},
  problems,
  repeat: ({ flow }, catalogue) => catalogue.flow?.(flow)?.repeat ?? 'unsafe',
  mayFail: true,
  inStream: ({ title }) => say('flow.stream.refused.subflow', { step: named(title) }),
  runsAlone: true,
});

/** The called flow is there, can be called, and does not end up calling this one. */
function problems({ title, flow }: SubflowStep, { catalogue, flowId }: Check, stepId: string): Problem[] {
  const step = named(title);
  const problem = (
    code: string,
    said: Pick<Problem, 'message' | 'sentence'>,
    severity: Problem['severity'] = 'error',
  ): Problem[] => [{ code, severity, stepId, path: ['flow'], ...said }];
  if (flow === '') return problem('subflow.none', say('flow.subflow.none', { step }));
  // Looked at without its workspace: what is there cannot be told.
  if (!catalogue.flow) return [];
  const found = catalogue.flow(flow);
  if (!found) return problem('subflow.gone', say('flow.subflow.gone', { step }));
  const called = named(found.title);
  const circle = flowId === undefined ? undefined : callCycle(found, catalogue, flowId);
  if (circle) {
    if (flow === flowId) return problem('subflow.cycle', say('flow.subflow.cycle.itself', { step }));
    if (circle.length === 1) return problem('subflow.cycle', say('flow.subflow.cycle.direct', { called }));
    const way = circle.map((one) => one.title).map((one) => named(one)).reduce((before, next) => part('flow.way', { before, next }));
    return problem('subflow.cycle', say('flow.subflow.cycle', { called, way }));
  }
  if (!found.callable) return problem('subflow.trigger', say('flow.subflow.trigger', { called }));
  if (found.published === null) return problem('subflow.unpublished', say('flow.subflow.unpublished', { called }));
  return found.enabled ? [] : problem('subflow.off', say('flow.subflow.off', { called }), 'warning');
}
