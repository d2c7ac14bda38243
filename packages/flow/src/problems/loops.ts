import { renameNamesIn } from '@weft/mapping';
import type { FlowDocument, ForEachStep, Step } from '../document.ts';
import type { Problem } from '../problem.ts';
import { updateStep } from '../edit/add-step.ts';
import { renameRoots } from '../edit/rename-roots.ts';
import { uniqueStepId, namesIn } from '../edit/unique-step-id.ts';
import { withInner } from '../edit/remove-steps.ts';
import { containersOf, stepGraph, stepOf } from '../graph/step-graph.ts';
import { expressionProblems } from './expressions.ts';
import { forEachStep, quoted, type Check } from './check.ts';

/** Loops have a list, a name for its items that hides nothing, and steps inside; what says it is in a loop is in one. */
export const loops = forEachStep((check, stepId, step) => [
  ...placement(check.flow, stepId, step),
  ...(step.kind === 'forEach' ? loopProblems(check, stepId, step) : []),
]);

function placement(flow: FlowDocument, stepId: string, step: Step): Problem[] {
  if (step.in === undefined) return [];
  const fixes = [{ title: 'Move it out', apply: (current: FlowDocument) => updateStep(current, stepId, { in: undefined }) }];
  const problem = (code: string, message: string): Problem[] => [{ code, severity: 'error', stepId, path: ['in'], message, fixes }];
  const container = stepOf(flow, step.in);
  if (!container) return problem('loop.gone', `The loop around ${quoted(step.title)} is gone: move the step out.`);
  if (container.kind !== 'forEach') return problem('loop.notALoop', `${quoted(step.title)} is inside ${quoted(container.title)}, which is not a loop: move it out.`);
  const around = containersOf(flow, stepId);
  const outermost = stepOf(flow, around.at(-1) ?? step.in);
  return outermost?.in === undefined || stepOf(flow, outermost.in)?.kind !== 'forEach'
    ? []
    : problem('loop.insideItself', `${quoted(step.title)} is inside itself: move it out.`);
}

function loopProblems(check: Check, stepId: string, step: ForEachStep): Problem[] {
  const found = nameProblems(check.flow, stepId, step);
  if (step.source) {
    // What a source needs is said with the operations, settings and mappings of all steps.
  } else if (!step.items) {
    const message = `${quoted(step.title)} does not know what to go through: choose a list.`;
    found.push({ code: 'loop.items', severity: 'error', stepId, path: ['items'], message });
  } else {
    found.push(...expressionProblems(check, { stepId, path: ['items'], expression: step.items, expect: { type: 'array' } }));
  }
  if (step.collect) {
    found.push(...expressionProblems(check, { stepId, path: ['collect'], expression: step.collect, sources: check.collectSources(stepId) }));
  }
  if ((stepGraph(check.flow).inside.get(stepId) ?? []).length === 0) {
    const message = `${quoted(step.title)} has no steps inside, so nothing happens for its items: put a step into it.`;
    found.push({ code: 'loop.empty', severity: 'warning', stepId, message });
  }
  return found;
}

function nameProblems(flow: FlowDocument, stepId: string, step: ForEachStep): Problem[] {
  const hidesStep = stepOf(flow, step.as);
  const hidesLoop = containersOf(flow, stepId).find((id) => {
    const outer = stepOf(flow, id);
    return outer?.kind === 'forEach' && outer.as === step.as;
  });
  if (!hidesStep && hidesLoop === undefined) return [];
  const what = hidesStep ? `the step ${quoted(hidesStep.title)}` : `the item of ${quoted(stepOf(flow, hidesLoop!)?.title)}`;
  const free = uniqueStepId(flow, step.as, namesIn(flow));
  return [
    {
      code: 'loop.shadows',
      severity: 'error',
      stepId,
      path: ['as'],
      message: `The name “${step.as}” for the item of ${quoted(step.title)} is taken by ${what}: choose another name.`,
      // With a step of that name, what inner paths mean is a guess; with an outer loop, they mean the inner item.
      ...(!hidesStep && { fixes: [{ title: `Call it “${free}”`, apply: (current) => renameItem(current, stepId, free) }] }),
    },
  ];
}

/** The loop's item under a new name, inside the loop only. */
export function renameItem(flow: FlowDocument, stepId: string, to: string): FlowDocument {
  const loop = stepOf(flow, stepId);
  if (loop?.kind !== 'forEach') return flow;
  const names = new Map([[loop.as, to]]);
  const steps = { ...flow.steps, [stepId]: { ...loop, as: to, ...(loop.collect && { collect: renameNamesIn(loop.collect, names) }) } };
  const inner = withInner(flow, [stepId]);
  inner.delete(stepId);
  for (const id of inner) steps[id] = renameRoots(flow.steps[id]!, names);
  return { ...flow, steps };
}
