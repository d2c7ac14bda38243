import { isCallPart, partsOf } from '@weft/flow';
import { useEffect } from 'react';
import { useCallableFlows } from '../api/index.ts';
import { setCallableFlows, useEditor } from './state/index.ts';

/** Lets the flow know the others that it calls: read once it stands, and only where it calls any or may be about to. */
export function useCalledFlows(): void {
  const calls = useEditor(({ document }) => Object.values(document.steps).some((step) => partsOf(step).some(isCallPart)));
  const { data } = useCallableFlows(calls);
  const connectors = useEditor((state) => state.connectors);
  useEffect(() => {
    if (data) setCallableFlows(data);
  }, [data, connectors]);
}
