import { isTimezone, schemaAt } from '@weft/json-schema';
import type { FlowDocument } from '../document.ts';
import type { Problem } from '../problem.ts';
import { triggerOf } from '../graph/trigger-of.ts';
import { fix, say } from '../sentences.en.ts';
import { type Check, ofFlow } from './check.ts';

/** The flow's own settings can be used. */
export const settings = ofFlow((check) => {
  const { flow } = check;
  const timezone = flow.settings?.timezone;
  const found: Problem[] = [];
  if (timezone !== undefined && !isTimezone(timezone)) {
    found.push({
      code: 'settings.timezone',
      severity: 'error',
      path: ['settings', 'timezone'],
      ...(timezone === '' ? say('flow.settings.noTimezone') : say('flow.settings.timezone', { timezone })),
    });
  }
  found.push(...concurrencyKey(check), ...runTitle(check));
  for (const [stepId, step] of Object.entries(flow.steps)) {
    if (step.pinned !== undefined && !step.samples?.[step.pinned]) {
      found.push({ code: 'sample.pinned', severity: 'warning', stepId, path: ['pinned'], ...say('flow.sample.pinned') });
    }
  }
  return found;
});

/** The path of the run key exists in the trigger's output. */
function concurrencyKey({ flow, outputSchema }: Check): Problem[] {
  const key = flow.settings?.concurrency?.key;
  const triggerId = triggerOf(flow)?.stepId;
  if (key === undefined || triggerId === undefined) return [];
  const path = ['settings', 'concurrency', 'key'];
  const code = 'settings.concurrencyKey';
  if (key[0] !== triggerId || key.length < 2) {
    return [{ code, severity: 'error', path, ...say('flow.settings.concurrencyKey'), fixes: [fix(say('flow.fix.noOrder'), withoutKey)] }];
  }
  if (schemaAt(outputSchema(triggerId), key.slice(1)) !== undefined) return [];
  return [
    { code: 'settings.concurrencyKeyUnknown', severity: 'warning', path, ...say('flow.settings.concurrencyKeyUnknown', { field: key.slice(1).join(' › ') }) },
  ];
}

/** So does the path to what titles its runs. */
function runTitle({ flow, outputSchema }: Check): Problem[] {
  const title = flow.settings?.runTitle;
  const triggerId = triggerOf(flow)?.stepId;
  if (title === undefined || triggerId === undefined) return [];
  const code = 'settings.runTitle';
  const path = ['settings', 'runTitle'];
  if (title[0] === triggerId && title.length > 1 && schemaAt(outputSchema(triggerId), title.slice(1)) !== undefined) return [];
  return [{
    code,
    severity: 'warning',
    path,
    ...say('flow.settings.runTitle', { field: title.slice(1).join(' › ') }),
    fixes: [fix(say('flow.fix.noRunTitle'), withoutRunTitle)],
  }];
}

function withoutRunTitle(flow: FlowDocument): FlowDocument {
  const { runTitle: _title, ...others } = flow.settings ?? {};
  return { ...flow, settings: others };
}

function withoutKey(flow: FlowDocument): FlowDocument {
  const { key: _key, ...concurrency } = flow.settings?.concurrency ?? {};
  return { ...flow, settings: { ...flow.settings, concurrency } };
}
