import { itemKeyOf, loopKeyOf, stepIdOf, type FlowDocument } from '@weft/flow';
import { compileExpression, MappingDocumentError, MappingFault, type Value } from '@weft/mapping';
import { stepsInside } from './rows.ts';
import { numberOf, type RunRecord } from './run-record.ts';

/** The list a loop went through. The journal does not repeat it: it is worked out from what the steps before gave. */
export function loopValues({ flow, record }: { flow: FlowDocument; record: RunRecord }, loopKey: string): readonly Value[] | undefined {
  const loop = flow.steps[stepIdOf(loopKey)];
  if (loop?.kind !== 'forEach' || loop.source || !loop.items) return undefined;
  try {
    const list = compileExpression(loop.items)(scopeAt({ flow, record }, loopKey), {
      now: new Date(record.steps.get(loopKey)?.startedAt ?? 0),
      seed: loopKey,
      timezone: flow.settings?.timezone,
    });
    return Array.isArray(list) ? list : undefined;
  } catch (error) {
    // The run says itself what was wrong with the list.
    if (error instanceof MappingFault || error instanceof MappingDocumentError) return undefined;
    throw error;
  }
}

/** The value one item went through its loop with. */
export function itemValue(run: { flow: FlowDocument; record: RunRecord }, itemKey: string): Value {
  const loopKey = loopKeyOf(itemKey);
  const index = numberOf(itemKey);
  return loopValues(run, loopKey)?.[index];
}

/** What paths may start with at one place of the run, as far as it is known. */
export function scopeAt(run: { flow: FlowDocument; record: RunRecord }, key: string): Record<string, Value> {
  const { flow, record } = run;
  const itemKey = itemKeyOf(key);
  if (itemKey === undefined) return outputsOf(run, '', stepsInside(flow, undefined));
  const loopKey = loopKeyOf(itemKey);
  const loopId = stepIdOf(loopKey);
  const loop = flow.steps[loopId];
  return {
    ...scopeAt({ flow, record }, loopKey),
    ...(loop?.kind === 'forEach' && { [loop.as]: itemValue(run, itemKey) }),
    ...outputsOf(run, `${itemKey}/`, stepsInside(flow, loopId)),
  };
}

function outputsOf({ record }: { record: RunRecord }, prefix: string, stepIds: readonly string[]): Record<string, Value> {
  return Object.fromEntries(stepIds.map((id) => [id, record.steps.get(prefix + id)?.output]));
}
