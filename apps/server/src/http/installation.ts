import { allowedLineProblem } from '@weft/egress';
import { z } from 'zod';
import type { SettingsStore } from '../stores/settings/settings-store.ts';
import { health } from './health.ts';
import { defineRoutes } from './route.ts';

const megabyte = 1024 * 1024;

const network = z
  .string()
  .max(200)
  .trim()
  .superRefine((entry, context) => {
    const issue = allowedLineProblem(entry);
    if (issue) context.addIssue({ code: 'custom', message: issue });
  });

const settingsChange = z.strictObject({
  privateNetworks: z.array(network).max(200, 'At most 200 networks.').optional(),
  practiceService: z.boolean().optional(),
  webhookLimitBytes: z
    .int()
    .min(1024, 'At least 1 kB.')
    .max(100 * megabyte, 'At most 100 MB.')
    .optional(),
  queuePerFlow: z.int().min(1, 'At least 1.').max(1_000_000, 'At most 1,000,000.').optional(),
  queueInAll: z.int().min(1, 'At least 1.').max(10_000_000, 'At most 10,000,000.').optional(),
  retentionDays: z.int().min(1, 'At least one day.').max(3_650, 'At most 3,650 days.').nullable().optional(),
  retentionRuns: z.int().min(1, 'At least one run.').max(10_000_000, 'At most 10,000,000 runs.').nullable().optional(),
});

/** Health, and the settings of the installation as a whole. */
export function installationRoutes({ settings }: { settings: SettingsStore }) {
  return defineRoutes({
    'GET /health': { policy: 'public', handler: async () => health() },
    'GET /settings': { policy: 'administrator', handler: async () => settings.current() },
    'PATCH /settings': {
      policy: 'administrator',
      body: settingsChange,
      handler: async ({ actor, body }) => settings.change(actor.user.id, body),
    },
  });
}
