import type { FlowDocument, Problem } from '@weft/flow';
import type { HoldStore } from './store.ts';

/** Steps whose connector version an administrator has switched off: the flow may be published, and its runs wait. */
export function heldProblems({ steps }: Pick<FlowDocument, 'steps'>, holds: Pick<HoldStore, 'connectorNote'>): Problem[] {
  return Object.entries(steps).flatMap(([stepId, step]): Problem[] => {
    const use = step.kind === 'action' ? step.use : step.kind === 'forEach' ? step.source?.use : undefined;
    const note = use && holds.connectorNote(use);
    if (!use || note === undefined) return [];
    const message = `${use.connector} ${use.version} is switched off by an administrator: “${note}”. Runs of this flow wait until it is switched on again.`;
    return [{ code: 'connector.held', severity: 'warning', stepId, path: ['use'], message }];
  });
}
