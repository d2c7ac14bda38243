import { join } from 'node:path';
import type { NewRun } from '@weft/engine';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { schedules } from '../../db/schema/index.ts';
import { createGuard } from '../../watchdog/guard.ts';
import { readUnderWay } from '../../watchdog/under-way.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

let store: ReturnType<typeof temporaryStore>;
beforeEach(() => {
  store = temporaryStore();
});
afterEach(() => store.dispose());

const underWay = () => join(store.folder, 'under-way');
const never = new Promise<never>(() => undefined);

/** Of the next process; a start of the flow `poison` comes to no end. */
function nextProcess(started: NewRun[]): Scheduler {
  const log = pino({ level: 'silent' });
  const scheduler = createScheduler({
    db: store.db,
    engine: {
      start: async (run) => {
        if (run.flowId === 'poison') await never;
        started.push(run);
        return { runId: run.runId, created: true, answer: never, finished: never };
      },
    },
    versionOf: () => 'ver_1',
    guard: createGuard({ db: store.db, file: underWay(), log, pauseMs: 1 }),
    log,
  });
  scheduler.refresh();
  return scheduler;
}

test('a schedule that the process died of three times is stopped with a sentence, and the others go on', async () => {
  const activeSince = Date.now() - 120_000;
  const schedule = { workspaceId: 'ws_1', cron: '* * * * *', timezone: 'UTC', missed: 'once' as const, activeSince, lastTick: null };
  store.db.insert(schedules).values([{ ...schedule, flowId: 'poison' }]).run();
  const errorOf = () => store.db.select().from(schedules).all().find(({ flowId }) => flowId === 'poison')?.error;
  const before: Scheduler[] = [];
  for (let death = 0; death < 3; death += 1) {
    before.push(nextProcess([]));
    await expect.poll(() => readUnderWay(underWay())).toHaveLength(1);
  }
  for (const dead of before) dead.close();
  store.db.insert(schedules).values([{ ...schedule, flowId: 'zzz_innocent' }]).run();
  const started: NewRun[] = [];
  const scheduler = nextProcess(started);
  await expect.poll(errorOf).toMatch(/^Weft ended or stopped answering 3 times while it started this flow by its schedule/);
  await expect.poll(() => started.map(({ flowId }) => flowId)).toEqual(['zzz_innocent']);
  scheduler.close();
});
