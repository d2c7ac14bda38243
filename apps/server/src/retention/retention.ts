import type { FlowDocument } from '@weft/flow';
import type { Logger } from 'pino';
import { flows } from '../db/schema/index.ts';
import type { Db } from '../db/open.ts';
import type { InstallationSettings } from '@weft/api';
import { pruneDocuments } from './prune-documents.ts';
import { pruneRuns, type PruneOptions } from './prune-runs.ts';

export interface RetentionOptions {
  db: Db;
  log: Logger;
  settings: () => Pick<InstallationSettings, 'retentionDays' | 'retentionRuns'>;
  /** What a flow's published version says; undefined where it was never published. */
  settingsOf(workspaceId: string, flowId: string): Promise<FlowDocument['settings']>;
  /** Default Date.now. */
  now?: () => number;
}

/** Deletes old runs in the background, a few at a time, and gives the space back. */
export interface Retention {
  begin(): void;
  /** One pass over all flows. @returns how many runs were deleted. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

/** A server that has just started has better things to do. */
const firstAfterMs = 60_000;
const everyMs = 10 * 60_000;
const pauseMs = 20;
/** Free pages that are worth giving back, and how many at once: each moves a page within the file. */
const worthPages = 1_024;
const pagesAtOnce = 128;

export function createRetention({ db, log, settings, settingsOf, now = Date.now }: RetentionOptions): Retention {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let sweeping: Promise<number> | undefined;
  const pause = () => new Promise<void>((resolve) => void setTimeout(resolve, pauseMs));

  async function sweep(): Promise<number> {
    let deleted = 0;
    const options: PruneOptions = { db, now: now(), pause, stopping: () => stopped };
    const all = db.select({ id: flows.id, workspaceId: flows.workspaceId }).from(flows).all();
    for (const { id, workspaceId } of all) {
      if (stopped) break;
      const { retentionDays, retentionRuns } = settings();
      const own = (await settingsOf(workspaceId, id))?.retention;
      const keep = { days: own?.days ?? retentionDays, runs: own?.runs ?? retentionRuns };
      deleted += await pruneRuns(id, keep, options);
    }
    await pruneDocuments(options);
    if (deleted > 0) await giveSpaceBack();
    return deleted;
  }

  /** Free pages go back to the disk. Databases from before that was asked for keep them and use them again. */
  async function giveSpaceBack(): Promise<void> {
    const freePages = () => Number(db.$client.pragma('freelist_count', { simple: true }));
    for (let free = freePages(); free > worthPages && !stopped; ) {
      db.$client.pragma(`incremental_vacuum(${pagesAtOnce})`);
      const left = freePages();
      if (left >= free) return;
      free = left;
      await pause();
    }
  }

  function next(ms: number): void {
    if (!stopped) timer = setTimeout(run, ms).unref();
  }

  function run(): void {
    sweeping = sweep();
    sweeping
      .then(
        (deleted) => {
          if (deleted > 0) log.info({ deleted }, 'old runs were deleted');
        },
        (error: unknown) => log.error({ err: error }, 'old runs could not be deleted; trying again later'),
      )
      .finally(() => next(everyMs));
  }

  return {
    begin: () => next(firstAfterMs),
    sweep,
    async close() {
      stopped = true;
      clearTimeout(timer);
      await sweeping?.catch(() => undefined);
    },
  };
}
