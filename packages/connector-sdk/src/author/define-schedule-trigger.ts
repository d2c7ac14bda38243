import type { JsonObject } from '@weft/json-schema';
import { z } from 'zod';
import type { DefinedOperation, Described } from './define-operation.ts';
import { choice } from './schema-parts.ts';
import { decided, type Fixed, settingsBeside, triggerOperation } from './trigger-operation.ts';

/** The settings that every schedule has. The host keeps to them; it keeps the clock. */
export const scheduleSettings = {
  cron: z
    .string()
    .regex(/^\s*(?:\S+\s+){4}\S+\s*$/)
    .meta({
      title: 'When',
      examples: ['0 7 * * 1-5', '*/10 * * * *'],
      'x-widget': 'cron',
    })
    .default('0 7 * * 1-5'),
  timezone: z.string()
    .min(1)
    .meta({ title: 'Time zone', format: 'timezone', examples: ['UTC', 'Europe/Berlin', 'America/New_York'], 'x-widget': 'timezone' })
    .default('UTC'),
  missed: choice(
    { once: 'Run once, for the latest of them', skip: 'Skip them' },
    { title: 'Times that were missed', description: 'What happens to times that passed while Weft was not running.' },
  ).default('once'),
};

export interface ScheduleTriggerDefinition<C extends z.ZodObject> extends Described<C> {
  /** Settings that the connector decides: they leave the form. */
  fixed?: Fixed<typeof scheduleSettings>;
  samples: { title: string; config?: JsonObject; scheduledAt: string }[];
}

/** A trigger that follows the clock on the wall of a time zone. A run gets `{ scheduledAt }`, in UTC. */
export function defineScheduleTrigger<C extends z.ZodObject = z.ZodObject<Record<never, never>>>(definition: ScheduleTriggerDefinition<C>): DefinedOperation {
  const { id, fixed = {} } = definition;
  const output = z.object({
    scheduledAt: z.iso.datetime({ offset: true }).meta({ title: 'Scheduled at', description: 'The time the run was planned for, in UTC.' }),
  });
  const samples = definition.samples.map(({ title, config, scheduledAt }) => ({ title, config, output: { scheduledAt } }));
  return triggerOperation({ ...definition, output, samples }, {
    contract: { strategy: 'schedule', ...decided(id, scheduleSettings, fixed) },
    config: settingsBeside(scheduleSettings, fixed, definition.config),
  });
}
