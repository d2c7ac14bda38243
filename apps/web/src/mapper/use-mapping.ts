import type { Expression, MappingDocument } from '@weft/mapping';
import { useCallback } from 'react';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch } from '../editor/state/index.ts';
import { inputOf, isMapped, withInput } from './mapper-model.ts';
import { setExpression } from './rules/edit-rules.ts';
import { placeKey, type Place } from './rules/places.ts';

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

/** Fills a place, typing merged into one step of undo. */
export const fillPlace = (edit: EditMapping, label: string, place: Place, expression: Expression | undefined): void =>
  edit(label, (document) => setExpression(document, place, expression), expression && 'const' in expression ? placeKey(place) : undefined);
