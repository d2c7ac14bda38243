import type { Step } from '@weft/flow';
import type { Command } from '../state/command.ts';

interface UpdateOptions {
  label?: string;
  /** Give the field's name while typing, so that one series of keystrokes is one step of undo. */
  merge?: string;
}

/** Changes one step by a patch or a function. A step that is gone stays gone. */
export function updateStep(
  stepId: string,
  change: Partial<Step> | ((step: Step) => Step),
  { label = 'Change step', merge }: UpdateOptions = {},
): Command {
  return {
    label,
    ...(merge !== undefined && { merge: `${stepId}:${merge}` }),
    apply(flow) {
      const step = flow.steps[stepId];
      if (!step) return flow;
      const next = typeof change === 'function' ? change(step) : patched(step, change);
      return next === step ? flow : { ...flow, steps: { ...flow.steps, [stepId]: next } };
    },
  };
}

function patched(step: Step, patch: Partial<Step>): Step {
  const entries = Object.entries({ ...step, ...patch }).filter(([, value]) => value !== undefined);
  // The patch is a part of this kind of step by the caller's knowledge; problems() and the server check the result.
  return Object.fromEntries(entries) as unknown as Step;
}
