import { inputOf, isMapped, sourceTitles, type FlowDocument } from '@weft/flow';
import type { DeadLetter } from '@weft/api';

/** Where a record failed, in the words of the flow. */
export interface LetterTitles {
  step(stepId: string | null): string;
  /** The field that the rule fills; undefined where the rule is gone, or the step fails as a whole. */
  rule(stepId: string | null, ruleId: string | null | undefined): string | undefined;
  /** "Tidy up › amount". */
  place(at: { stepId: string | null; ruleId: string | null }): string;
}

export function letterTitles(flow: FlowDocument): LetterTitles {
  const titles = sourceTitles(flow);
  const titleOf = (stepId: string | null): string => (stepId === null ? '' : (flow.steps[stepId]?.title ?? titles[stepId] ?? stepId));
  const ruleOf: LetterTitles['rule'] = (stepId, ruleId) => {
    const step = stepId === null ? undefined : flow.steps[stepId];
    const rule = isMapped(step) ? inputOf(step)?.rules.find(({ id }) => id === ruleId) : undefined;
    return rule && (rule.label ?? rule.to.join(' › '));
  };
  return {
    step: titleOf,
    rule: ruleOf,
    place: ({ stepId, ruleId }) => [titleOf(stepId), ruleOf(stepId, ruleId)].filter(Boolean).join(' › '),
  };
}

/** The record's place in its source, counted from 1 in batches. */
export const placeOf = ({ position }: DeadLetter): { batch: number; index: number } => ({ batch: position.batch + 1, index: position.index + 1 });
