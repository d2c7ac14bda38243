import type { Step, StepOf } from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import type { Command } from '../state/command.ts';

/** Another way for the flow to begin, in the same place: its id and what follows stay, what belonged to the old one goes. */
export function replaceTrigger(stepId: string, trigger: StepOf<'trigger'>): Command {
  return {
    label: i18n.t('editor:did.replaceTrigger'),
    apply(flow) {
      const old = flow.steps[stepId];
      if (old?.kind !== 'trigger' || sameOperation(old, trigger)) return flow;
      return { ...flow, steps: { ...flow.steps, [stepId]: trigger } };
    },
  };
}

function sameOperation(a: Step, b: Step): boolean {
  return 'use' in a && 'use' in b && a.use.connector === b.use.connector && a.use.version === b.use.version && a.use.operation === b.use.operation;
}
