import { type Catalogue, type FlowDocument, operationsOf, type Problem } from '@weft/flow';
import type { HoldStore } from './hold-store.ts';

/** Steps whose connector version an administrator has switched off: the flow may be published, and what calls it waits. */
export function heldProblems({ steps }: Pick<FlowDocument, 'steps'>, holds: Pick<HoldStore, 'connectorNote'>, catalogue: Catalogue): Problem[] {
  return Object.entries(steps).flatMap(([stepId, step]) =>
    operationsOf(step).flatMap(({ operation: { use }, path }): Problem[] => {
      const note = holds.connectorNote(use);
      const strategy = catalogue.operation(use)?.trigger?.strategy;
      // Other triggers call nothing.
      if (note === undefined || (strategy !== undefined && strategy !== 'polling')) return [];
      const what = strategy === 'polling' ? 'Nothing new is looked for' : 'Runs of this flow wait';
      const message =
        `${use.connector} ${use.version} is switched off by an administrator: “${note.replace(/\.$/, '')}”. ${what} until it is switched on again.`;
      return [{ code: 'connector.held', severity: 'warning', stepId, path: [...path, 'use'], message }];
    }),
  );
}
