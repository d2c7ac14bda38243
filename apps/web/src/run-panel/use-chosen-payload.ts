import { outputSchemaOf, triggerOf } from '@weft/flow';
import { sampleOf, type Json } from '@weft/json-schema';
import { useMemo } from 'react';
import { useEditor } from '../editor/state/index.ts';
import { usePanel } from './panel-state.ts';
import { usualSample } from './payload.ts';

/** What the next run would start with, unless it is pasted. */
export function useChosenPayload(): Json | undefined {
  const payload = usePanel((state) => state.payload);
  const document = useEditor((state) => state.document);
  const catalogue = useEditor((state) => state.catalogue);
  return useMemo(() => {
    if (payload?.kind === 'run') return payload.payload;
    const { stepId: id, step: trigger } = triggerOf(document) ?? {};
    const index = payload?.kind === 'sample' && trigger?.samples?.[payload.index] ? payload.index : usualSample(trigger);
    if (index !== undefined) return trigger?.samples?.[index]?.output;
    return id === undefined ? undefined : sampleOf(outputSchemaOf(document, id, catalogue));
  }, [catalogue, document, payload]);
}
