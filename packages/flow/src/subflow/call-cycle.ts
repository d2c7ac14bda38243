import type { CallableFlow, Catalogue } from '../catalogue.ts';

/** The chain of flows from `called` back to `flowId`, which is left out; undefined where there is none. */
export function callCycle(called: CallableFlow, catalogue: Catalogue, flowId: string): CallableFlow[] | undefined {
  const seen = new Set<string>();
  const search = (flow: CallableFlow): CallableFlow[] | undefined => {
    if (flow.id === flowId) return [];
    if (seen.has(flow.id)) return undefined;
    seen.add(flow.id);
    for (const next of flow.calls) {
      if (next === flowId) return [flow];
      const further = catalogue.flow?.(next);
      const rest = further && search(further);
      if (rest) return [flow, ...rest];
    }
    return undefined;
  };
  return search(called);
}
