import { choice, defineTrigger } from '@weft/connector-sdk/author';
import { z } from 'zod';

/** Starts a run at the times of a cron expression. The server keeps the clock; this only describes it. */
export const cron = defineTrigger({
  id: 'cron',
  title: 'Run on a schedule',
  description: 'The flow runs at fixed times: every morning, every Monday, every ten minutes.',
  summary: '{config.cron} {config.timezone}',
  strategy: 'schedule',
  config: z.object({
    cron: z
      .string()
      .regex(/^\s*(?:\S+\s+){4}\S+\s*$/)
      .meta({
        title: 'When',
        description: 'Minute, hour, day of the month, month, day of the week. "0 7 * * 1-5" is 07:00 on working days.',
        examples: ['0 7 * * 1-5', '*/10 * * * *'],
        'x-widget': 'cron',
      })
      .default('0 7 * * 1-5'),
    timezone: z.string().min(1).meta({ title: 'Time zone', examples: ['UTC', 'Europe/Berlin', 'America/New_York'], 'x-widget': 'timezone' }).default('UTC'),
    missed: choice(
      { once: 'Run once, for the latest of them', skip: 'Skip them' },
      { title: 'Times that were missed', description: 'What happens to times that passed while Weft was not running.' },
    ).default('once'),
  }),
  output: z.object({ scheduledAt: z.iso.datetime({ offset: true }).meta({ title: 'Scheduled at', description: 'The time the run was planned for, in UTC.' }) }),
  samples: [{ title: 'A Monday morning', config: { cron: '0 7 * * 1-5', timezone: 'UTC' }, output: { scheduledAt: '2026-03-02T07:00:00.000Z' } }],
});
