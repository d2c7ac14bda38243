import type { Block } from '../plan/plan.ts';
import { recordPrefix, type Batch } from './batch.ts';
import { note } from './record-step.ts';
import type { Stream } from './stream.ts';

/**
 * Writes down the steps that the first records did not come through, as a run does: those to which all ways are settled and none was
 * taken. Behind a step that ended its record nothing is settled.
 */
export function noteSkipped(stream: Stream, { steps, incoming }: Block, batch: Batch): void {
  const settledKeys = new Set(batch.entries
    .filter(({ kind, port }) => kind !== 'started' && !(kind === 'failed' && port === undefined))
    .map(({ stepKey }) => stepKey));
  for (let index = 0; index < Math.min(batch.samples, batch.limit + 1); index += 1) {
    const prefix = recordPrefix(batch, stream.stepKey, index);
    const unsettled = [...incoming];
    const settled = steps.flatMap(({ id }, at) => (settledKeys.has(prefix + id) ? [at] : []));
    for (const at of settled) {
      for (const target of [...steps[at]!.next.values()].flat()) {
        unsettled[target]! -= 1;
        if (unsettled[target] !== 0 || batch.active[target * batch.size + index] === 1) continue;
        settled.push(target);
        if (stream.isWanted(steps[target]!.id)) note(stream, steps[target]!, batch, index, { kind: 'skipped' });
      }
    }
  }
}
