import type { Operation } from '@weft/connector-sdk';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import type { Problem, SignalSender, Step, StreamSource } from '@weft/flow';
import { useCallback, useMemo } from 'react';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';

/** The step, or undefined when it was deleted meanwhile. */
export const useStep = (stepId: string): Step | undefined => useEditor((state) => state.document.steps[stepId]);

/** What a step uses of a connector: an operation with its settings. Of a loop over a stream, its source. */
export function usedBy(step: Step): Used | undefined {
  if (step.kind === 'forEach') return step.source;
  return 'use' in step ? step : undefined;
}

export type Used = Pick<StreamSource, 'use' | 'config' | 'connection'>;

/** A step's operation as its connector declares it; undefined for logic steps, and where the connector is not installed. */
export function useOperation(step: Step): { operation: Operation | undefined; connector: ConnectorDescriptor | undefined } {
  const catalogue = useEditor((state) => state.catalogue);
  const used = usedBy(step);
  if (!used) return { operation: undefined, connector: undefined };
  return { operation: catalogue.operation(used.use), connector: catalogue.connector(used.use) };
}

export type EditStep = (change: Partial<Step> | ((step: Step) => Step), label: string, merge?: string) => void;

/** Changes the step by a command. */
export function useEditStep(stepId: string): EditStep {
  return useCallback((change, label, merge) => dispatch(updateStep(stepId, change, { label, ...(merge !== undefined && { merge }) })), [stepId]);
}

/** Changes what the step uses: its settings and its connection, with the operation that they are for. Keys set to undefined are taken away. */
export function useEditUsed(stepId: string): (change: Used, label: string, merge?: string) => void {
  const edit = useEditStep(stepId);
  return useCallback(
    (change, label, merge) =>
      edit(
        (step) => {
          if (step.kind === 'forEach' && step.source) return { ...step, source: withoutUndefined({ ...step.source, ...change }) };
          // A wait says nothing about its sender until somebody changes it.
          if (step.kind === 'wait') return { ...step, sender: withoutUndefined({ ...step.sender, ...change } as SignalSender) };
          return withoutUndefined({ ...step, ...change });
        },
        label,
        merge,
      ),
    [edit],
  );
}

/** Only what was not given is undefined: every key that must be there is. */
const withoutUndefined = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;

export function useStepProblems(stepId: string): readonly Problem[] {
  const problems = useEditor((state) => state.problems);
  return useMemo(() => problems.filter((problem) => problem.stepId === stepId), [problems, stepId]);
}
