import { triggerSettings } from '@weft/connector-sdk';
import type { Problem } from '@weft/flow';
import type { FlowTrigger } from '../flow-trigger.ts';
import { nextTimes } from './times.ts';

/**
 * What a schema cannot say about a schedule: whether its expression and its time zone are understood, and whether it ever comes. Errors,
 * because it would never run.
 */
export function scheduleProblems({ stepId, step, operation }: FlowTrigger): Problem[] {
  const { cron, timezone } = triggerSettings(operation, step.config);
  const misread = (field: string, message: string | undefined): Problem[] =>
    message === undefined ? [] : [{ code: 'schedule.misread', severity: 'error', stepId, path: ['config', field], message }];
  const zone = typeof timezone === 'string' ? refusal('* * * * *', timezone) : undefined;
  return [...misread('timezone', zone), ...misread('cron', typeof cron === 'string' ? refusal(cron, 'UTC') : undefined)];
}

function refusal(cron: string, timezone: string): string | undefined {
  try {
    const [next] = nextTimes(cron, timezone, new Date(), 1);
    return next ? undefined : `"${cron.trim()}" never comes, so this flow would never run. Choose another day or month.`;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
