import type { RunError } from '@weft/engine';
import type { StepKey } from '@weft/flow';
import type { Database } from 'better-sqlite3';

/**
 * Runs that were in progress when the process died, more than once and at the same place: one of them may be what it died of. Such a
 * suspect begins again alone, after a pause, and is given up when the process has died of it often enough, so that no run ends the
 * process for ever and none in progress beside it is given up with it. All functions belong inside a transaction of the caller's.
 */
export interface CrashedRuns {
  /** Counts the crash that ended the process before this one, and queues again what is no suspect. */
  open(epoch: number, now: number): void;
  /** Queues the next suspect when the one before it has made progress. @returns when to call again; undefined when none is left. */
  wake(now: number): number | undefined;
  /** Why a run must not begin again. */
  refusal(runId: string): RunError | undefined;
}

const suspectAt = 2;
const givenUpAt = 4;
/** The pause before a suspect begins, for each crash beyond the first: others get on meanwhile, and a supervisor stays patient. */
const pauseMs = 1_000;
const lookAgainMs = 50;
/** After this time without a crash the next suspect may begin. */
const unharmedMs = 10_000;

/** As it stands in the index of open runs: only so does SQLite take that, and never looks at those that have ended. */
const isRunning = (of = ''): string => `${of}status = 'running' and ${of}status in ('queued', 'running')`;

const placeOf = (runId: string): string =>
  `(select coalesce(max(j.id), 0) from run_journal j where j.run_id = ${runId}) || ' ' ||
    coalesce((select group_concat(p.progress) from stream_progress p where p.run_id = ${runId}), '')`;

/** @param woken - this run has just become `queued`. */
export function createCrashedRuns(database: Database, woken: (runIds: string[]) => void): CrashedRuns {
  const forgetOthers = database.prepare(
    "delete from run_crashes where not exists (select 1 from runs r where r.id = run_id and r.status in ('queued', 'running', 'waiting'))",
  );
  const count = database.prepare<[epoch: number]>(
    `insert into run_crashes (run_id, times, place) select r.id, 1, ${placeOf('r.id')} from runs r where ${isRunning('r.')} and r.epoch = ?
      on conflict (run_id) do update set times = case when place = excluded.place then times + 1 else 1 end, place = excluded.place`,
  );
  const queueOthers = database.prepare<[suspectAt: number]>(
    `update runs set status = 'queued' where ${isRunning()} and not exists (select 1 from run_crashes where run_id = runs.id and times >= ?)`,
  );
  const findSuspects = database.prepare<[suspectAt: number], Suspect>(
    "select c.run_id as id, c.times, c.place from run_crashes c cross join runs r on r.id = c.run_id where r.status = 'running' and c.times >= ? order by c.times, c.run_id",
  );
  const queueOne = database.prepare<[id: string]>("update runs set status = 'queued' where id = ? and status = 'running'");
  const isThere = database.prepare<[id: string], string>(`select ${placeOf('r.id')} from runs r where r.id = ? and r.status in ('queued', 'running')`).pluck();
  const lastStep = database.prepare<[id: string], StepKey>("select entries ->> '$[#-1].stepKey' from run_journal where run_id = ? order by id desc limit 1").pluck();
  let suspects: Suspect[] = [];
  let current: (Suspect & { since: number }) | undefined;
  let openedAt = 0;
  const givenUp = new Set<string>();

  const gotOn = ({ id, place, since }: Suspect & { since: number }, now: number): boolean => now - since >= unharmedMs || isThere.get(id) !== place;

  return {
    open(epoch, now) {
      forgetOthers.run();
      count.run(epoch - 1);
      queueOthers.run(suspectAt);
      suspects = findSuspects.all(suspectAt);
      for (const { id, times } of suspects) if (times >= givenUpAt) givenUp.add(id);
      openedAt = now;
    },
    wake(now) {
      if (current && !gotOn(current, now)) return now + lookAgainMs;
      current = undefined;
      const [next] = suspects;
      if (!next) return undefined;
      const due = openedAt + (givenUp.has(next.id) ? 0 : (next.times - 1) * pauseMs);
      // A clock that was set back must not make it wait any longer.
      if (now < due && now >= openedAt) return due;
      suspects.shift();
      current = { ...next, since: now };
      if (queueOne.run(next.id).changes === 1) woken([next.id]);
      return suspects.length > 0 ? now + lookAgainMs : undefined;
    },
    refusal(runId) {
      if (!givenUp.has(runId)) return undefined;
      // Where nothing was written it never came to its first step.
      return { kind: 'unknown', message: refusalText, stepKey: lastStep.get(runId) };
    },
  };
}

const refusalText =
  `Weft ended or stopped answering ${givenUpAt} times while this run was at the same place, so it was stopped. ` +
  "The server's log says why; mend that, then replay the run.";

interface Suspect {
  id: string;
  times: number;
  place: string;
}
