import { stepOrder, type FlowDocument, type Problem } from '@weft/flow';
import { useShallow } from 'zustand/react/shallow';
import { useEditor } from '../editor/state/index.ts';

interface ProblemCount {
  count: number;
  errors: number;
}

const none: ProblemCount = { count: 0, errors: 0 };
const counts = new WeakMap<readonly Problem[], ReadonlyMap<string, ProblemCount>>();

/** How many problems a step has, without listing them. */
export function useProblemCount(stepId: string): ProblemCount {
  return useEditor(useShallow(({ problems }) => countsOf(problems).get(stepId) ?? none));
}

function countsOf(problems: readonly Problem[]): ReadonlyMap<string, ProblemCount> {
  const known = counts.get(problems);
  if (known) return known;
  const made = new Map<string, ProblemCount>();
  for (const { stepId, severity } of problems) {
    if (stepId === undefined) continue;
    const { count, errors } = made.get(stepId) ?? none;
    made.set(stepId, { count: count + 1, errors: errors + (severity === 'error' ? 1 : 0) });
  }
  counts.set(problems, made);
  return made;
}

const firsts = new WeakMap<FlowDocument['steps'], string | undefined>();

/** One step at a time is a stop of the Tab key: the last one selected, else the first of the flow. */
export function useTabStop(stepId: string): boolean {
  return useEditor(({ selection, document }) => (selection.at(-1) ?? firstStep(document)) === stepId);
}

export function firstStep(flow: FlowDocument): string | undefined {
  if (!firsts.has(flow.steps)) firsts.set(flow.steps, stepOrder(flow)[0]);
  return firsts.get(flow.steps);
}
