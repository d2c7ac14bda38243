import { eq } from 'drizzle-orm';
import { commit, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { installation } from '../../db/schema/index.ts';
import type { InstallationSettings } from '@weft/api';
import { audit } from '../audit/writer.ts';

const defaults: InstallationSettings = {
  privateNetworks: [],
  practiceService: true,
  webhookLimitBytes: 5 * 1024 * 1024,
  queuePerFlow: 10_000,
  queueInAll: 100_000,
  retentionDays: 90,
  retentionRuns: null,
};

export interface SettingsStore {
  /** As they are now, without waiting: the egress guard asks at every call. */
  current(): InstallationSettings;
  change(actorId: string, changes: Partial<InstallationSettings>): Promise<InstallationSettings>;
  /** Reads them again, after the installation was claimed. */
  reload(): void;
}

export function createSettingsStore(db: Db): SettingsStore {
  let settings = read(db);
  return {
    current: () => settings,
    reload() {
      settings = read(db);
    },
    async change(actorId, changes) {
      const next = { ...settings, ...changes };
      await commit(db, [
        statement(db.update(installation).set({ settings: next }).where(eq(installation.id, 1)), { rows: 1 }),
        audit(db, { workspaceId: null, actorId, action: 'settings.changed', subjectId: 'installation', before: { ...settings }, after: { ...next } }),
      ]);
      settings = next;
      return settings;
    },
  };
}

function read(db: Db): InstallationSettings {
  return { ...defaults, ...db.select({ settings: installation.settings }).from(installation).get()?.settings };
}
