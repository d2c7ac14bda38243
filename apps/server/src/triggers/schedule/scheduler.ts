import { setImmediate } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { Engine } from '@weft/engine';
import { nextTimes } from './times.ts';
import type { Logger } from 'pino';
import { newId } from '../../db/ids.ts';
import type { Db } from '../../db/open.ts';
import { schedules } from '../../db/schema/index.ts';
import { type Guard, Stopped, unguarded } from '../../watchdog/guard.ts';

export interface SchedulerOptions {
  db: Db;
  engine: Pick<Engine, 'start'>;
  /** The version of a flow that runs now; null when there is none. */
  versionOf(workspaceId: string, flowId: string): string | null;
  log: Logger;
  /** A moment has fired, was passed over, or could not be started. */
  ticked?: (workspaceId: string, flowId: string) => void;
  /** Default: none. */
  guard?: Guard;
  now?: () => number;
}

/**
 * Starts flows by the clock, with one timer for the moment that is next. A moment fires once, however often the process restarts
 * (flow and moment name the event), and never when it lies before the schedule was switched on. Moments that passed while the
 * process was down are made up for by one run, for the latest of them, or passed over, as the schedule says.
 */
export interface Scheduler {
  /** Looks at the schedules again: something was published, switched or deleted. */
  refresh(): void;
  close(): void;
}

/** Longer waits are cut in pieces: timers hold 31 bits, and clocks are set. */
const maxWaitMs = 60_000;
const retryMs = 5_000;
/** So many schedules are looked at before others have a turn. */
const sliceSize = 50;

type Schedule = typeof schedules.$inferSelect;

export function createScheduler({ db, engine, versionOf, log, ticked = () => undefined, guard = unguarded, now = Date.now }: SchedulerOptions): Scheduler {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  /** Of each schedule the moment that is next, by what it follows from: with many, a look would take long to work all of them out anew. */
  const known = new Map<string, { from: string; next: number | undefined }>();
  /** One look at a time: two would both fire what is due. */
  let looking = false;
  let again = false;

  function wait(ms: number): void {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(refresh, Math.min(Math.max(ms, 0), maxWaitMs));
  }

  function refresh(): void {
    if (looking || closed) {
      again = true;
      return;
    }
    looking = true;
    look().then(
      (next) => wait(next),
      (error: unknown) => {
        log.error({ err: error }, 'the schedules could not be read; trying again');
        wait(retryMs);
      },
    ).finally(() => {
      looking = false;
      if (again) {
        again = false;
        refresh();
      }
    });
  }

  /** Fires what is due. @returns milliseconds until the next moment. */
  async function look(): Promise<number> {
    let next = Number.POSITIVE_INFINITY;
    const all = db.select().from(schedules).all();
    if (known.size > 2 * all.length + 100) known.clear();
    for (const [index, stored] of all.entries()) {
      if (index % sliceSize === sliceSize - 1) await setImmediate();
      const schedule = upToNow(stored);
      try {
        const following = await fireDue(schedule);
        if (following !== undefined) next = Math.min(next, following);
      } catch (error) {
        if (error instanceof Stopped) {
          if (schedule.error !== error.message) noteFailure(schedule, error);
          continue;
        }
        // One schedule that cannot be read or started must not hold up the others.
        log.error({ err: error, flowId: schedule.flowId }, 'a scheduled flow could not be started; trying again');
        noteFailure(schedule, error);
        next = Math.min(next, now() + retryMs);
      }
    }
    return next - now();
  }

  /** @returns the schedule's next moment. */
  async function fireDue(schedule: Schedule): Promise<number | undefined> {
    const { workspaceId, flowId, cron, timezone, activeSince, lastTick } = schedule;
    const from = `${cron}\n${timezone}\n${activeSince}\n${lastTick}`;
    const before = known.get(flowId);
    if (before?.from === from && (before.next === undefined || before.next > now())) return before.next;
    return guard.during({ kind: 'schedule', workspaceId, subject: flowId, state: from, by: 'itself' }, async () => {
      const due = dueMoment(schedule, now());
      if (due.latest !== undefined) await fire(schedule, due.latest);
      // What is due now changes what the next one follows from.
      else known.set(flowId, { from, next: due.next });
      return due.next;
    });
  }

  /** A clock that was ahead must not silence a schedule until then. What fired meanwhile does not fire again: its event is known. */
  function upToNow(schedule: Schedule): Schedule {
    const { flowId, activeSince, lastTick } = schedule;
    const at = now();
    if (activeSince <= at && (lastTick ?? at) <= at) return schedule;
    const changes = { activeSince: Math.min(activeSince, at), lastTick: lastTick === null ? null : Math.min(lastTick, at) };
    db.update(schedules).set(changes).where(eq(schedules.flowId, flowId)).run();
    return { ...schedule, ...changes };
  }

  async function fire(schedule: Schedule, moment: number): Promise<void> {
    const { workspaceId, flowId } = schedule;
    const versionId = versionOf(workspaceId, flowId);
    if (versionId !== null && !isPassedOver(schedule, moment, now())) {
      await engine.start({
        runId: newId('run'),
        workspaceId,
        flowId,
        versionId,
        mode: 'live',
        payload: { scheduledAt: new Date(moment).toISOString() },
        eventId: `schedule:${moment}`,
        createdAt: now(),
      });
    }
    // After the start: a crash in between fires the same event again, which starts nothing.
    db.update(schedules).set({ lastTick: moment, error: null }).where(eq(schedules.flowId, flowId)).run();
    ticked(workspaceId, flowId);
  }

  function noteFailure({ workspaceId, flowId }: Schedule, error: unknown): void {
    const message = error instanceof Error ? error.message : 'The flow could not be started.';
    try {
      db.update(schedules).set({ error: message }).where(eq(schedules.flowId, flowId)).run();
      ticked(workspaceId, flowId);
    } catch (unwritten) {
      // The store is away: what it cannot take is in the log.
      log.error({ err: unwritten, flowId }, 'the state of a schedule could not be stored');
    }
  }

  return {
    refresh,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** A moment that could not be started in time counts as missed. */
const punctualMs = 60_000;

const isPassedOver = ({ missed }: Pick<Schedule, 'missed'>, moment: number, now: number): boolean => missed === 'skip' && now - moment > punctualMs;

/**
 * @returns `latest`: the newest moment up to now that has not fired; `next`: the first one after now. Both undefined for a schedule
 *   that never comes again.
 */
export function dueMoment({ cron, timezone, activeSince, lastTick }: Pick<Schedule, 'cron' | 'timezone' | 'activeSince' | 'lastTick'>, now: number) {
  // A moment at the very second of the activation counts, and nextTimes leaves its start out.
  const from = Math.max(lastTick ?? Number.NEGATIVE_INFINITY, activeSince - 1);
  let latest: number | undefined;
  let next = nextTimes(cron, timezone, new Date(from), 1)[0]?.getTime();
  if (next !== undefined && next <= now) {
    latest = latestUpTo(cron, timezone, next, now);
    next = nextTimes(cron, timezone, new Date(now), 1)[0]?.getTime();
  }
  return { latest, next };
}

/** After a long sleep there may be many moments: looks back from now in growing steps instead of counting all of them. */
function latestUpTo(cron: string, timezone: string, first: number, now: number): number {
  for (let back = 60_000; back < now - first; back *= 4) {
    const moments = momentsBetween(cron, timezone, now - back, now);
    if (moments !== undefined) return moments;
  }
  return momentsBetween(cron, timezone, first - 1, now) ?? first;
}

function momentsBetween(cron: string, timezone: string, from: number, to: number): number | undefined {
  let latest: number | undefined;
  let start = from;
  for (;;) {
    const moment = nextTimes(cron, timezone, new Date(start), 1)[0]?.getTime();
    if (moment === undefined || moment > to) return latest;
    latest = moment;
    start = moment;
  }
}
