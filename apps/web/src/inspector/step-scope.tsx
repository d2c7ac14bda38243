import { collectSourcesOf } from '@weft/flow';
import { useMemo, type ReactNode } from 'react';
import { useEditor } from '../editor/state/index.ts';
import { ExpressionScopeContext } from '../mapper/expression/expression-scope.ts';
import { useModel } from '../mapper/use-model.ts';

interface StepScopeProps {
  stepId: string;
  /** What a loop's `collect` may read, beyond what the loop itself may. */
  collect?: boolean;
  children: ReactNode;
}

/** What expressions of a step may speak of, with the sample values they are previewed on. */
export function StepScope({ stepId, collect = false, children }: StepScopeProps) {
  const flow = useEditor((state) => state.document);
  const catalogue = useEditor((state) => state.catalogue);
  const model = useModel(stepId);
  const scope = useMemo(() => {
    if (!collect) return { sources: model.sources, values: model.values, loops: [], tables: [] };
    const sources = collectSourcesOf(flow, stepId, catalogue);
    const values = Object.fromEntries(sources.flatMap(({ id, sample }) => (sample === undefined ? [] : [[id, sample]])));
    return { sources, values, loops: [], tables: [] };
  }, [model, flow, stepId, catalogue, collect]);
  return <ExpressionScopeContext value={scope}>{children}</ExpressionScopeContext>;
}
