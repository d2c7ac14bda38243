import { inputOf, isMapped, withInput } from '@weft/flow';
import type { MappingDocument } from '@weft/mapping';
import { useCallback } from 'react';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch } from '../editor/state/index.ts';

export type EditMapping = (label: string, change: (document: MappingDocument) => MappingDocument, merge?: string) => void;

const empty: MappingDocument = { format: 'weft.mapping/1', rules: [] };

/** Changes a step's mapping by a command: undone and saved like every other change. */
export function useEditMapping(stepId: string): EditMapping {
  return useCallback(
    (label, change, merge) => {
      dispatch(
        updateStep(
          stepId,
          (step) => {
            if (!isMapped(step)) return step;
            const before = inputOf(step) ?? empty;
            const after = change(before);
            return after === before ? step : withInput(step, after);
          },
          { label, ...(merge !== undefined && { merge: `mapping:${merge}` }) },
        ),
      );
    },
    [stepId],
  );
}
