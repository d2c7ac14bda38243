import { defineScheduleTrigger } from '@weft/connector-sdk/author';

/** Starts a run at the times of a cron expression. */
export const cron = defineScheduleTrigger({
  id: 'cron',
  title: 'Run on a schedule',
  description: 'The flow runs at fixed times: every morning, every Monday, every ten minutes.',
  keywords: ['cron', 'timer', 'clock', 'time', 'every', 'daily', 'hourly', 'weekly', 'interval'],
  summary: '{config.cron} {config.timezone}',
  samples: [{ title: 'A Monday morning', config: { cron: '0 7 * * 1-5', timezone: 'UTC' }, scheduledAt: '2026-03-02T07:00:00.000Z' }],
});
