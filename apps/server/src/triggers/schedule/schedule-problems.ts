import { triggerSettings } from '@weft/connector-sdk';
import type { Problem } from '@weft/flow';
import type { FlowTrigger } from '../flow-trigger.ts';
import { nextTimes } from './times.ts';

/** What a schema cannot say about a schedule: whether its expression is understood, and whether it ever comes. An error, because it would never run. */
export function scheduleProblems({ stepId, step, operation }: FlowTrigger): Problem[] {
  const { cron } = triggerSettings(operation, step.config);
  const message = typeof cron === 'string' ? refusal(cron) : undefined;
  return message === undefined ? [] : [{ code: 'schedule.misread', severity: 'error', stepId, path: ['config', 'cron'], message }];
}

function refusal(cron: string): string | undefined {
  try {
    const [next] = nextTimes(cron, 'UTC', new Date(), 1);
    return next ? undefined : `"${cron.trim()}" never comes, so this flow would never run. Choose another day or month.`;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
