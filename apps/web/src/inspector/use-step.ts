import type { Operation } from '@weft/connector-sdk';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import { operationsOf, withAt, type OperationUse, type Problem, type Step } from '@weft/flow';
import { defined } from '@weft/json-schema';
import { useCallback, useMemo } from 'react';
import { sentenceOf } from '../locales/sentence-of.ts';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';

/** The step, or undefined when it was deleted meanwhile. */
export const useStep = (stepId: string): Step | undefined => useEditor((state) => state.document.steps[stepId]);

/** What a step uses of a connector: an operation with its settings. Of a loop over a stream, its source; a signal's sender is no work of the step. */
export const usedOperation = (step: Step): OperationUse | undefined => operationsOf(step).find(({ role }) => role !== 'signal')?.operation;

/** A step's operation as its connector declares it; undefined for logic steps, and where the connector is not installed. */
export function useOperation(step: Step): { operation: Operation | undefined; connector: ConnectorDescriptor | undefined } {
  const catalogue = useEditor((state) => state.catalogue);
  const used = usedOperation(step);
  if (!used) return { operation: undefined, connector: undefined };
  return { operation: catalogue.operation(used.use), connector: catalogue.connector(used.use) };
}

export type EditStep = (change: Partial<Step> | ((step: Step) => Step), label: string, merge?: string) => void;

/** Changes the step by a command. */
export function useEditStep(stepId: string): EditStep {
  return useCallback((change, label, merge) => dispatch(updateStep(stepId, change, defined({ label, merge }))), [stepId]);
}

/** Changes what the step uses: its settings and its connection, with the operation that they are for. Keys set to undefined are taken away. */
export function useEditUsed(stepId: string): (change: OperationUse, label: string, merge?: string) => void {
  const edit = useEditStep(stepId);
  return useCallback((change, label, merge) => edit((step) => usingOperation(step, change), label, merge), [edit]);
}

/** The step with what it uses changed so. */
export function usingOperation(step: Step, change: OperationUse): Step {
  // A wait says nothing about its sender until somebody changes it.
  const { path, operation } = operationsOf(step)[0] ?? { path: ['sender'], operation: undefined };
  return withAt(step, path, defined({ ...operation, ...change }));
}

export function useStepProblems(stepId: string): readonly Problem[] {
  const problems = useEditor((state) => state.problems);
  return useMemo(() => problems.filter((problem) => problem.stepId === stepId), [problems, stepId]);
}

/** What is wrong with one setting of the step itself, as a sentence for its field; null where nothing is. */
export function useProblemAt(stepId: string, setting: string): string | null {
  const found = useStepProblems(stepId).find(({ path }) => path?.length === 1 && path[0] === setting);
  return found ? sentenceOf(found) : null;
}
