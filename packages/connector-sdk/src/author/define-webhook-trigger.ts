import { defined, type JsonObject } from '@weft/json-schema';
import { z } from 'zod';
import type { Operation } from '../descriptor.ts';
import type { CallFilter, Sender } from '../trigger-contract.ts';
import { calledContract, type CalledDefinition, eventIdSetting, repeatsSetting, secretConnection, verifySetting } from './called-settings.ts';
import type { DefinedOperation, Described } from './define-operation.ts';
import { choice, openJson } from './schema-parts.ts';
import { decided, type Fixed, settingsBeside, triggerOperation } from './trigger-operation.ts';

/** The settings that every webhook has. The host keeps to them; it receives, checks and answers the calls. */
export const webhookSettings = (senders: Record<string, Sender> = {}) => ({
  path: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/)
    .meta({ title: 'Path', description: 'The last part of the address: lower case letters, digits and hyphens.', examples: ['new-order', 'github-issues'] }),
  method: z.enum(['POST', 'GET', 'PUT', 'PATCH', 'DELETE'])
    .meta({ title: 'Method', description: 'How the other system calls. Nearly all use POST.' })
    .default('POST'),
  respond: choice(
    { immediately: 'At once, that it was accepted', 'when-finished': 'When the flow has finished, with its answer' },
    { title: 'Answer', description: 'What the caller gets, and when.' },
  ).default('immediately'),
  verify: verifySetting(senders, {
    title: 'Who may call',
    description: 'Where a sender is chosen, calls without its signature are turned away; the connection holds the secret that both sides know.',
  }),
  eventId: eventIdSetting('The same id within seven days starts one run only, however often it is sent.'),
  repeats: repeatsSetting(),
  deadlineSeconds: z
    .int()
    .min(1)
    .max(300)
    .meta({ title: 'Seconds the caller waits at most', description: 'Then the caller gets the id of the run, which goes on.', 'x-more': true })
    .default(30),
});

type Settings = ReturnType<typeof webhookSettings>;

export interface WebhookTriggerDefinition<C extends z.ZodObject, B extends z.ZodType> extends Described<C>, CalledDefinition {
  /** Settings that the service decides: they leave the form. `path` is the user's. */
  fixed?: Fixed<Omit<Settings, 'path'>>;
  /** Which calls start a run. Default: all. */
  only?: CallFilter;
  /** What is sent. Default: any JSON, which the user describes. */
  body?: B;
  /** Default `declared`. */
  outputSource?: Operation['outputSource'];
  samples: {
    title: string;
    config?: JsonObject;
    output: { method: string; headers: Record<string, string>; query: Record<string, string | string[]>; body: z.input<B> };
  }[];
}

/**
 * A trigger that another system calls at the flow's own address. The host receives the call and checks it by what is declared here; a run
 * gets `{ method, headers, query, body }`, without the headers that prove who called.
 */
export function defineWebhookTrigger<C extends z.ZodObject = z.ZodObject<Record<never, never>>, B extends z.ZodType = z.ZodType>(
  definition: WebhookTriggerDefinition<C, B>,
): DefinedOperation {
  const { id, fixed = {}, only, body = openJson({ title: 'Body', description: 'The JSON that was sent.' }), senders } = definition;
  const host = webhookSettings(senders);
  const output = z.object({
    method: z.string().meta({ title: 'Method' }),
    headers: z.record(z.string(), z.string()).meta({ title: 'Headers', description: 'Names are in lower case. One that came several times is a list.' }),
    query: z
      .record(z.string(), z.union([z.string(), z.array(z.string())]))
      .meta({ title: 'Query', description: 'What stands behind the ? of the address. A name that came several times is a list.', 'x-open': true }),
    body: body.meta({ title: 'Body', ...body.meta() }),
  });
  return triggerOperation({ ...definition, output }, {
    contract: defined({ strategy: 'webhook', ...calledContract(definition), ...decided(id, host, fixed), only }),
    config: settingsBeside(host, fixed, definition.config),
    ...secretConnection(fixed),
  });
}
