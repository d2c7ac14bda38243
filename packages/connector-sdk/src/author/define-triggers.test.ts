import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Sender } from '../trigger-contract.ts';
import { triggerSettings } from '../trigger-settings.ts';
import { defineScheduleTrigger } from './define-schedule-trigger.ts';
import { defineSignalTrigger } from './define-signal-trigger.ts';
import { defineWebhookTrigger } from './define-webhook-trigger.ts';
import { choice } from './schema-parts.ts';

const shop: Sender = {
  title: 'Shop',
  proof: { header: 'x-sig', algorithm: 'sha256', encoding: 'hex', prefix: '', signed: '{body}' },
  eventId: { body: ['id'] },
};
const texts = { id: 'called', title: 'Called', samples: [] };
const namesOf = (operation: { config?: { properties?: object } }) => Object.keys(operation.config?.properties ?? {});

describe('a webhook', () => {
  test('has the settings of all webhooks, with its senders to choose from', () => {
    const { operation } = defineWebhookTrigger({ ...texts, senders: { shop } });
    expect(namesOf(operation)).toEqual(['path', 'method', 'respond', 'verify', 'eventId', 'repeats', 'deadlineSeconds']);
    expect(operation).toMatchObject({
      kind: 'trigger',
      connection: 'optional',
      connectionUnless: { config: 'verify', is: { by: 'none' } },
      trigger: { strategy: 'webhook', senders: { shop } },
    });
    expect(operation.config?.properties?.['verify']?.anyOf?.map(({ properties }) => properties?.['by']?.const)).toEqual(['none', 'shop', 'hmac', 'token']);
    expect(triggerSettings(operation, { path: 'orders' })).toEqual({
      path: 'orders',
      method: 'POST',
      respond: 'immediately',
      verify: { by: 'none' },
      eventId: { from: 'usual' },
      repeats: 'usual',
      deadlineSeconds: 30,
    });
  });

  test('has no field for what it decides, and a flow cannot say otherwise', () => {
    const { operation } = defineWebhookTrigger({ ...texts, senders: { shop }, fixed: { method: 'PUT', verify: { by: 'hmac', header: 'X-Own' } } });
    expect(namesOf(operation)).toEqual(['path', 'respond', 'eventId', 'repeats', 'deadlineSeconds']);
    expect(operation).toMatchObject({ connection: 'required' });
    // Complete, with the defaults of the form that nobody sees.
    const verify = { by: 'hmac', header: 'X-Own', algorithm: 'sha256', encoding: 'hex' };
    expect(triggerSettings(operation, { path: 'orders', method: 'GET', verify: { by: 'none' } })).toMatchObject({ method: 'PUT', verify });
  });

  test('may put a setting of its own in the place of a common one, and behind them', () => {
    const config = z.object({
      respond: choice({ 'when-finished': 'Later' }, { title: 'Answer' }).default('when-finished'),
      shop: z.string().meta({ title: 'Shop' }).optional(),
    });
    const { operation } = defineWebhookTrigger({ ...texts, config });
    expect(namesOf(operation)).toEqual(['path', 'method', 'respond', 'verify', 'eventId', 'repeats', 'deadlineSeconds', 'shop']);
    expect(triggerSettings(operation, {})).toMatchObject({ respond: 'when-finished' });
  });

  test('that anybody may call, by decision, takes no connection', () => {
    expect(defineWebhookTrigger({ ...texts, fixed: { verify: { by: 'none' } } }).operation).toMatchObject({ connection: 'none' });
  });

  test('that decides what is no setting, or no value of it, is an author’s mistake', () => {
    expect(() => defineWebhookTrigger({ ...texts, fixed: { verify: { by: 'stripe' } } })).toThrow(z.ZodError);
    expect(() => defineWebhookTrigger({ ...texts, fixed: { colour: 'red' } as never })).toThrow('fixes "colour"');
  });

  test('is pure JSON', () => {
    const { operation } = defineWebhookTrigger({
      ...texts,
      senders: { shop },
      secret: 'key',
      only: { at: { header: 'x-event' }, setting: 'path' },
      fixed: { method: 'PUT' },
    });
    expect(JSON.parse(JSON.stringify(operation))).toEqual(operation);
  });
});

test('a schedule has a time, a zone and what happens to missed times', () => {
  const { operation } = defineScheduleTrigger(texts);
  expect(triggerSettings(operation, { timezone: 'Europe/Oslo' })).toEqual({ cron: '0 7 * * 1-5', timezone: 'Europe/Oslo', missed: 'once' });
  expect(namesOf(defineScheduleTrigger({ ...texts, fixed: { cron: '0 * * * *' } }).operation)).toEqual(['timezone', 'missed']);
});

test('a signal has a key, a sender and an id, and stands in no palette', () => {
  const { operation } = defineSignalTrigger({ ...texts, senders: { shop }, fixed: { verify: { by: 'shop' } } });
  expect(operation).toMatchObject({ visibility: 'internal', connection: 'required', trigger: { strategy: 'signal' } });
  expect(triggerSettings(operation, {})).toEqual({ key: { in: 'address' }, verify: { by: 'shop' }, eventId: { from: 'usual' } });
});
