import * as flows from '@weft/flow';
import type { Step } from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import type { Command } from '../state/command.ts';

interface UpdateOptions {
  label?: string;
  /** Give the field's name while typing, so that one series of keystrokes is one step of undo. */
  merge?: string;
}

/** Changes one step by a patch (keys set to undefined are taken away) or a function. A step that is gone stays gone. */
export function updateStep(
  stepId: string,
  change: Partial<Step> | ((step: Step) => Step),
  { label = i18n.t('editor:did.changeStep'), merge }: UpdateOptions = {},
): Command {
  return {
    label,
    ...(merge !== undefined && { merge: `${stepId}:${merge}` }),
    apply(flow) {
      if (typeof change !== 'function') return flows.updateStep(flow, stepId, change);
      const step = flow.steps[stepId];
      if (!step) return flow;
      const next = change(step);
      return next === step ? flow : { ...flow, steps: { ...flow.steps, [stepId]: next } };
    },
  };
}
