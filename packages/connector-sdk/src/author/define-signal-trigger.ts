import type { JsonObject } from '@weft/json-schema';
import { z } from 'zod';
import type { Sender } from '../trigger-contract.ts';
import { calledContract, type CalledDefinition, eventIdSetting, secretConnection, verifySetting } from './called-settings.ts';
import type { DefinedOperation, Described } from './define-operation.ts';
import { openJson } from './schema-parts.ts';
import { decided, type Fixed, settingsBeside, triggerOperation } from './trigger-operation.ts';

/** The settings that every sender of signals has. The host keeps to them. */
export const signalSettings = (senders: Record<string, Sender> = {}) => ({
  key: z
    .union([
      z.object({ in: z.literal('address') }).meta({ title: 'In the address, behind ?key=' }),
      z
        .object({
          in: z.literal('body'),
          field: z.string()
            .min(1)
            .max(200)
            .meta({ title: 'Field with the key', description: 'Dots lead further in, as in data.orderId.', examples: ['orderId', 'data.object.id'] }),
        })
        .meta({ title: 'In a field of what is sent' }),
    ])
    .meta({
      title: 'Where the sender puts the key',
      description: 'In a field, the address is the same for every run. A signature covers what is sent, not the address.',
    })
    .default({ in: 'address' }),
  verify: verifySetting(senders, {
    title: 'Who may send it',
    description: 'Where a sender is chosen, signals without its signature are turned away and end no wait; the connection holds the secret that both sides know.',
  }),
  eventId: eventIdSetting('The same id within seven days counts once, however often it is sent.'),
});

type Settings = ReturnType<typeof signalSettings>;

export interface SignalTriggerDefinition<C extends z.ZodObject, O extends z.ZodType> extends Described<C>, CalledDefinition {
  /** Settings that the service decides: they leave the form. */
  fixed?: Fixed<Settings>;
  /** What is sent. Default: any JSON, which the user describes. */
  output?: O;
  samples: { title: string; config?: JsonObject; output: z.input<O> }[];
}

/** How another system lets a waiting run continue. Used in a wait step; it starts no run. */
export function defineSignalTrigger<C extends z.ZodObject = z.ZodObject<Record<never, never>>, O extends z.ZodType = z.ZodType>(
  definition: SignalTriggerDefinition<C, O>,
): DefinedOperation {
  const { id, fixed = {}, senders, output = openJson({ title: 'Signal', description: 'The JSON that was sent.' }) } = definition;
  const host = signalSettings(senders);
  return triggerOperation({ ...definition, output, visibility: definition.visibility ?? 'internal' }, {
    contract: { strategy: 'signal', ...calledContract(definition), ...decided(id, host, fixed) },
    config: settingsBeside(host, fixed, definition.config),
    ...secretConnection(fixed),
  });
}
