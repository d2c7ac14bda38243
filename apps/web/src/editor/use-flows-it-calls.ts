import { callsOf } from '@weft/flow';
import { useEffect } from 'react';
import { useCalledFlows } from '../api/index.ts';
import { setCallableFlows, useEditor } from './state/index.ts';

/** Lets the flow know the others that it calls: read once it stands, and only where it calls any. */
export function useFlowsItCalls(): void {
  // As one text, so that only another set of flows is a change.
  const ids = useEditor(({ document }) => [...new Set(callsOf(document).map(({ call }) => call.flow))].toSorted().join(','));
  const { data } = useCalledFlows(ids === '' ? [] : ids.split(','));
  const connectors = useEditor((state) => state.connectors);
  useEffect(() => {
    if (data) setCallableFlows(data);
  }, [data, connectors]);
}
