import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TerminalError } from '@weft/connector-sdk';
import { eq, lt, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Db } from '../db/open.ts';
import { taskCrashes } from '../db/schema/index.ts';
import { openUnderWay } from './under-way.ts';

/** Work beside runs in which the process may die or freeze; runs count their own deaths. */
export interface Task {
  kind: TaskKind;
  workspaceId: string;
  /** With what: the id of a flow or a connection, the name of a file or an operation. */
  subject: string;
  /** How it is now, and how far: what was changed meanwhile, or has got on, is another task. JSON. */
  state: unknown;
  /**
   * Who asks. `itself`: nobody waits; once the process died of it, it waits for its turn. `page`: a page that was opened. `person`: somebody
   * who pressed something, and may press again after having read why not. `again`: somebody who has read it.
   */
  by: 'itself' | 'page' | 'person' | 'again';
}

export type TaskKind = 'poll' | 'schedule' | 'backfill' | 'sample' | 'preview' | 'options' | 'schema' | 'connection-test' | 'step-test';

/**
 * Stops what the process has ended or frozen in, three times in a row, until a person asks for it again or changes it. Of several things
 * that were under way each is counted, so what was counted once and goes on by itself does so alone and after a pause: what is innocent
 * comes to its end then, and is not counted any more.
 */
export interface Guard {
  /** Does it, and knows at the next start if it came to no end. @throws {Stopped} instead. */
  during<T>(task: Task, work: () => T | Promise<T>): Promise<T>;
  /** What is being done now, for a log. */
  now(): string[];
  /** The process is stopping: what it does not finish is no fault. */
  close(): void;
}

/** The process has died of this too often. */
export class Stopped extends TerminalError {
  constructor(kind: TaskKind) {
    const { doing, next } = sayings[kind];
    super(`Weft ended or stopped answering ${stoppedAt} times while it ${doing}, so it was stopped. ${next}`, { kind: 'refused' });
  }
}

const sayings: Record<TaskKind, { doing: string; next: string }> = {
  poll: { doing: 'asked this source for what is new', next: 'Mend the source or the settings, then look now or publish.' },
  schedule: { doing: 'started this flow by its schedule', next: 'Change the schedule, or switch the flow off and on, to try again.' },
  backfill: { doing: 'read what this source gave before', next: 'Mend the source or the settings, then begin another one.' },
  sample: { doing: 'fetched these items', next: 'Mend the source or the settings, or fetch them again.' },
  preview: { doing: 'read this file for its preview', next: 'Download it to look at it, replace it, or try again.' },
  options: { doing: 'read these choices', next: 'Change the settings above, type the value, or try again.' },
  schema: { doing: 'read the fields', next: 'Change the settings, describe the fields by hand, or try again.' },
  'connection-test': { doing: 'tested this connection', next: 'Change it, or test it again.' },
  'step-test': { doing: 'tested this step', next: 'Change the step, or test it again.' },
};

/** Fewer than for runs: while both may be the reason, this one goes first. */
const stoppedAt = 3;
const keptMs = 30 * 24 * 3_600_000;

export interface GuardParts {
  db: Db;
  /** Takes what is under way. */
  file: string;
  log: Logger;
  /** Told before everything that begins: something has to watch by then. */
  begins?: () => void;
  /**
   * What goes on by itself waits so long for each death, milliseconds. Default 3,000: longer than runs pause, so that one of them that is the
   * reason shows itself before.
   */
  pauseMs?: number;
  now?: () => number;
}

export function createGuard({ db, file, log, begins, pauseMs = 3_000, now = Date.now }: GuardParts): Guard {
  const underWay = openUnderWay(file, (error) => log.warn({ err: error }, 'what is being done cannot be written down; deaths in it are not counted'));
  const openedAt = performance.now();
  const times = counted(db, underWay.leftOver, now());
  if (underWay.leftOver.length > 0) log.warn({ underWay: underWay.leftOver }, 'the process before this one ended while it was doing this');
  /** Those that were stopped and whose person has been told so. */
  const told = new Set<string>();
  let turn: Promise<unknown> = Promise.resolve();
  const closing = Promise.withResolvers<void>();

  async function perform<T>(place: string, work: () => T | Promise<T>): Promise<T> {
    begins?.();
    const ended = underWay.begin(place);
    try {
      return await work();
    } finally {
      // A moment later: an error that nobody catches comes after the work that it is of.
      setImmediate(() => {
        ended();
        survived(place);
      });
    }
  }

  function survived(place: string): void {
    if (!times.delete(place)) return;
    try {
      db.delete(taskCrashes).where(eq(taskCrashes.place, place)).run();
    } catch (error) {
      log.warn({ err: error, place }, 'deaths that count no more could not be forgotten');
    }
  }

  /** One after another, each after its pause. */
  function alone<T>(count: number, work: () => Promise<T>): Promise<T> {
    const mine = turn.then(async () => {
      const pause = sleep(Math.max(0, openedAt + count * pauseMs - performance.now()), undefined, { ref: false });
      await Promise.race([pause, closing.promise]);
      return work();
    });
    // How it ended is for who asked; the next one comes all the same.
    turn = mine.then(() => undefined, () => undefined);
    return mine;
  }

  return {
    async during(task, work) {
      const place = placeOf(task);
      const count = times.get(place) ?? 0;
      if (count >= stoppedAt && task.by !== 'again' && !(task.by === 'person' && told.delete(place))) {
        told.add(place);
        throw new Stopped(task.kind);
      }
      return count > 0 && task.by === 'itself' ? alone(count, () => perform(place, work)) : perform(place, work);
    },
    now: underWay.now,
    close() {
      underWay.close();
      closing.resolve();
    },
  };
}

/** For parts on their own: nothing is counted or stopped. */
export const unguarded: Guard = {
  during: async (_task, work) => work(),
  now: () => [],
  close: () => undefined,
};

function placeOf({ kind, workspaceId, subject, state }: Task): string {
  const whole = createHash('sha256').update(JSON.stringify([workspaceId, subject, state])).digest('base64url').slice(0, 16);
  return `${kind} ${subject.slice(0, 100)} ${whole}`;
}

/** How often each was under way when a process died, with what the last one has left. */
function counted(db: Db, leftOver: readonly string[], now: number): Map<string, number> {
  if (leftOver.length > 0) {
    db.transaction((tx) => {
      tx.delete(taskCrashes).where(lt(taskCrashes.at, now - keptMs)).run();
      for (const place of new Set(leftOver)) {
        const again = { times: sql`${taskCrashes.times} + 1`, at: now };
        tx.insert(taskCrashes).values({ place, times: 1, at: now }).onConflictDoUpdate({ target: taskCrashes.place, set: again }).run();
      }
    });
  }
  return new Map(db.select().from(taskCrashes).all().map(({ place, times }) => [place, times]));
}
