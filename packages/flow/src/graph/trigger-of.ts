import type { FlowDocument, TriggerStep } from '../document.ts';

/** The step that a flow begins with, and its id; the first one where a draft has several. */
export function triggerOf({ steps }: Pick<FlowDocument, 'steps'>): { stepId: string; step: TriggerStep } | undefined {
  for (const [stepId, step] of Object.entries(steps)) if (step.kind === 'trigger') return { stepId, step };
  return undefined;
}
