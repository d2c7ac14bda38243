import { schemaAt } from '@weft/json-schema';
import type { FlowDocument } from '../document.ts';
import type { Problem } from '../problem.ts';
import type { Check, Rules } from './check.ts';

/** The flow's own settings can be used. */
export const settings: Rules = (check) => {
  const { flow } = check;
  const timezone = flow.settings?.timezone;
  const found: Problem[] = [];
  if (timezone !== undefined && !isTimezone(timezone)) {
    const message = `“${timezone}” is not a time zone: choose one like Europe/Oslo.`;
    found.push({ code: 'settings.timezone', severity: 'error', path: ['settings', 'timezone'], message });
  }
  found.push(...concurrencyKey(check));
  for (const [stepId, step] of Object.entries(flow.steps)) {
    if (step.pinned !== undefined && !step.samples?.[step.pinned]) {
      found.push({ code: 'sample.pinned', severity: 'warning', stepId, path: ['pinned'], message: 'The pinned sample is gone: pin another one.' });
    }
  }
  return found;
};

/** The path by which runs are kept in order leads into what the trigger gives. */
function concurrencyKey({ flow, outputSchema }: Check): Problem[] {
  const key = flow.settings?.concurrency?.key;
  const triggerId = Object.keys(flow.steps).find((stepId) => flow.steps[stepId]?.kind === 'trigger');
  if (key === undefined || triggerId === undefined) return [];
  const path = ['settings', 'concurrency', 'key'];
  const code = 'settings.concurrencyKey';
  if (key[0] !== triggerId || key.length < 2) {
    const message = 'Runs can only be kept in order by a field of what starts the flow: choose one from the trigger.';
    return [{ code, severity: 'error', path, message, fixes: [{ title: 'Do not keep an order', apply: withoutKey }] }];
  }
  if (schemaAt(outputSchema(triggerId), key.slice(1)) !== undefined) return [];
  const message = `The trigger has no field “${key.slice(1).join(' › ')}” as far as is known: runs without it are not kept in order.`;
  return [{ code: 'settings.concurrencyKeyUnknown', severity: 'warning', path, message }];
}

function withoutKey(flow: FlowDocument): FlowDocument {
  const { key: _key, ...concurrency } = flow.settings?.concurrency ?? {};
  return { ...flow, settings: { ...flow.settings, concurrency } };
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
