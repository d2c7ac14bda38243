import type { Operation } from '@weft/connector-sdk';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import type { Problem, Step } from '@weft/flow';
import { useCallback, useMemo } from 'react';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';

/** The step, or undefined when it was deleted meanwhile. */
export const useStep = (stepId: string): Step | undefined => useEditor((state) => state.document.steps[stepId]);

/** A step's operation as its connector declares it; undefined for logic steps, and where the connector is not installed. */
export function useOperation(step: Step): { operation: Operation | undefined; connector: ConnectorDescriptor | undefined } {
  const catalogue = useEditor((state) => state.catalogue);
  if (!('use' in step)) return { operation: undefined, connector: undefined };
  return { operation: catalogue.operation(step.use), connector: catalogue.connector(step.use) };
}

export type EditStep = (change: Partial<Step> | ((step: Step) => Step), label: string, merge?: string) => void;

/** Changes the step by a command. */
export function useEditStep(stepId: string): EditStep {
  return useCallback((change, label, merge) => dispatch(updateStep(stepId, change, { label, ...(merge !== undefined && { merge }) })), [stepId]);
}

export function useStepProblems(stepId: string): readonly Problem[] {
  const problems = useEditor((state) => state.problems);
  return useMemo(() => problems.filter((problem) => problem.stepId === stepId), [problems, stepId]);
}
