import { renameNamesIn } from '@weft/mapping';
import type { Said } from '@weft/sentences';
import type { FlowDocument, ForEachStep, Step } from '../document.ts';
import type { Problem } from '../problem.ts';
import { renameRoots } from '../edit/rename-roots.ts';
import { updateStep } from '../edit/update-step.ts';
import { uniqueStepId, namesIn } from '../edit/unique-step-id.ts';
import { withInner } from '../edit/remove-steps.ts';
import { containersOf, stepGraph, stepOf } from '../graph/step-graph.ts';
import { fix, say } from '../sentences.en.ts';
import { forEachStep, named, type Check } from './check.ts';

/** Loops have a list, a name for its items that hides nothing, and steps inside; what says it is in a loop is in one. */
export const loops = forEachStep((check, stepId, step) => [
  ...placement(check.flow, stepId, step),
  ...(step.kind === 'forEach' ? loopProblems(check, stepId, step) : []),
]);

function placement(flow: FlowDocument, stepId: string, step: Step): Problem[] {
  if (step.in === undefined) return [];
  const fixes = [fix(say('flow.fix.moveOut'), (current) => updateStep(current, stepId, { in: undefined }))];
  const problem = (code: string, said: Said): Problem[] => [{ code, severity: 'error', stepId, path: ['in'], ...said, fixes }];
  const title = named(step.title);
  const container = stepOf(flow, step.in);
  if (!container) return problem('loop.gone', say('flow.loop.gone', { step: title }));
  if (container.kind !== 'forEach') return problem('loop.notALoop', say('flow.loop.notALoop', { step: title, container: named(container.title) }));
  const around = containersOf(flow, stepId);
  const outermost = stepOf(flow, around.at(-1) ?? step.in);
  return outermost?.in === undefined || stepOf(flow, outermost.in)?.kind !== 'forEach'
    ? []
    : problem('loop.insideItself', say('flow.loop.insideItself', { step: title }));
}

function loopProblems({ flow }: Check, stepId: string, step: ForEachStep): Problem[] {
  const found = nameProblems(flow, stepId, step);
  if ((stepGraph(flow).inside.get(stepId) ?? []).length === 0) {
    found.push({ code: 'loop.empty', severity: 'warning', stepId, ...say('flow.loop.empty', { step: named(step.title) }) });
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
  const item = { name: step.as, step: named(step.title) };
  const said = hidesStep ? say('flow.loop.shadows.step', { ...item, other: named(hidesStep.title) }) : say('flow.loop.shadows.item', { ...item, other: named(stepOf(flow, hidesLoop!)?.title) });
  const free = uniqueStepId(flow, step.as, namesIn(flow));
  return [
    {
      code: 'loop.shadows',
      severity: 'error',
      stepId,
      path: ['as'],
      ...said,
      // With a step of that name, what inner paths mean is a guess; with an outer loop, they mean the inner item.
      ...(!hidesStep && { fixes: [fix(say('flow.fix.rename', { name: free }), (current) => renameItem(current, stepId, free))] }),
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
