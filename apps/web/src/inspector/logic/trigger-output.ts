import { triggerSettings, type TriggerStrategy } from '@weft/connector-sdk';
import type { Catalogue, Step } from '@weft/flow';
import { isObject, type Json } from '@weft/json-schema';

/** What somebody pasted or wrote, as the trigger would give it: a webhook's body gets the rest of a call around it. What is whole stays as it is. */
export function triggerOutput(step: Step | undefined, catalogue: Catalogue, value: Json): Json {
  const operation = step?.kind === 'trigger' ? catalogue.operation(step.use) : undefined;
  if (step?.kind !== 'trigger' || !operation?.trigger) return value;
  return givenBy[operation.trigger.strategy](value, () => String(triggerSettings(operation, step.config)['method'] ?? 'POST'));
}

const asItIs = (value: Json): Json => value;

const givenBy: Record<TriggerStrategy, (value: Json, method: () => string) => Json> = {
  manual: (value) => (isObject(value) && Object.hasOwn(value, 'body') ? value : { body: value }),
  webhook(value, method): Json {
    if (isObject(value) && 'body' in value && isObject(value['headers'])) return { method: 'POST', query: {}, ...value };
    return { method: method(), headers: { 'content-type': 'application/json' }, query: {}, body: value };
  },
  schedule: asItIs,
  polling: asItIs,
  signal: asItIs,
};
