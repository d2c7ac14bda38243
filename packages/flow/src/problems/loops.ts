import { defined } from '@weft/json-schema';
import { renameNames, renameNamesIn, type NewNames } from '@weft/mapping';
import type { Said } from '@weft/sentences';
import type { FlowDocument, ForEachStep, Step } from '../document.ts';
import type { Problem } from '../problem.ts';
import { renameRoots } from '../edit/rename-roots.ts';
import { updateStep } from '../edit/update-step.ts';
import { uniqueStepId } from '../edit/unique-step-id.ts';
import { withInner } from '../edit/remove-steps.ts';
import { containersOf, stepGraph, stepOf } from '../graph/step-graph.ts';
import { whyNotItemName } from '../kinds/item-name.ts';
import { rootsReadBy } from '../kinds/parts-of.ts';
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
  const said = hidesStep
    ? say('flow.loop.shadows.step', { ...item, other: named(hidesStep.title) })
    : say('flow.loop.shadows.item', { ...item, other: named(stepOf(flow, hidesLoop!)?.title) });
  const free = uniqueStepId(flow, step.as);
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

/** Why the loop's item cannot be called this, as a sentence; undefined when it can. Checked before it is, so that nothing reads another thing than it did. */
export function whyNotRenameItem(flow: FlowDocument, stepId: string, to: string): Said | undefined {
  const loop = stepOf(flow, stepId);
  if (loop?.kind !== 'forEach' || to === loop.as) return undefined;
  const unfit = whyNotItemName(to);
  if (unfit) return unfit;
  const item = { name: to, step: named(loop.title) };
  const hidden = stepOf(flow, to);
  if (hidden) return say('flow.loop.shadows.step', { ...item, other: named(hidden.title) });
  const inner = withInner(flow, [stepId]);
  const other = [...inner, ...containersOf(flow, stepId)].map((id) => stepOf(flow, id)).find((one) => one?.kind === 'forEach' && one.as === to);
  if (other) return say('flow.loop.shadows.item', { ...item, other: named(other.title) });
  return [...inner].some((id) => rootsReadBy(flow.steps[id]!).has(to)) ? say('flow.loop.stillRead', item) : undefined;
}

/**
 * The loop's item under a new name, inside the loop only. What reads another thing of the old name stays: inside a loop whose item is
 * called the same, and everywhere where a step is.
 */
export function renameItem(flow: FlowDocument, stepId: string, to: string): FlowDocument {
  const loop = stepOf(flow, stepId);
  if (loop?.kind !== 'forEach') return flow;
  const renamed = { ...flow, steps: { ...flow.steps, [stepId]: { ...loop, as: to } } };
  if (stepOf(flow, loop.as)) return renamed;
  const names = new Map([[loop.as, to]]);
  const steps: FlowDocument['steps'] = {
    ...renamed.steps,
    [stepId]: { ...loop, as: to, ...(loop.collect && { collect: renameNamesIn(loop.collect, names) }) },
  };
  const hides = (id: string) => id !== stepId && isLoopOf(flow.steps[id], loop.as);
  for (const id of withInner(flow, [stepId])) {
    const step = flow.steps[id]!;
    const around = containersOf(flow, id);
    if (id === stepId || around.slice(0, around.indexOf(stepId)).some(hides)) continue;
    steps[id] = isLoopOf(step, loop.as) ? listRenamed(step, names) : renameRoots(step, names);
  }
  return { ...flow, steps };
}

const isLoopOf = (step: Step | undefined, as: string): step is ForEachStep => step?.kind === 'forEach' && step.as === as;

/** Only what the loop goes through: all else in it reads its own item. */
function listRenamed({ items, source, ...loop }: ForEachStep, names: NewNames): ForEachStep {
  return defined({
    ...loop,
    items: items && renameNamesIn(items, names),
    source: source?.input ? { ...source, input: renameNames(source.input, names) } : source,
  });
}
