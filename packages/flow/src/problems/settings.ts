import type { Problem } from '../problem.ts';
import type { Rules } from './check.ts';

/** The flow's own settings can be used. */
export const settings: Rules = ({ flow }) => {
  const timezone = flow.settings?.timezone;
  const found: Problem[] = [];
  if (timezone !== undefined && !isTimezone(timezone)) {
    const message = `“${timezone}” is not a time zone: choose one like Europe/Oslo.`;
    found.push({ code: 'settings.timezone', severity: 'error', path: ['settings', 'timezone'], message });
  }
  for (const [stepId, step] of Object.entries(flow.steps)) {
    if (step.pinned !== undefined && !step.samples?.[step.pinned]) {
      found.push({ code: 'sample.pinned', severity: 'warning', stepId, path: ['pinned'], message: 'The pinned sample is gone: pin another one.' });
    }
  }
  return found;
};

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
