import type { Substrate } from '@weft/engine';
import type { Database } from 'better-sqlite3';

/** Gives back what a run took and did not do. */
export interface GivenBack {
  /** Those of a run that has ended. Does nothing for a run that was not started to do letters again. */
  of(runId: string): void;
  /** Those of every run that has ended: what a process left that died in between. */
  all(): void;
}

/**
 * A run that does dead letters again takes them when it starts. Where it ends before its loop does (cancelled, failed, or its
 * way never came to the loop) those it has not reached are open again, in the run that left them.
 */
export function createGivenBack(database: Database): GivenBack {
  /** The loop's cursor is the last letter it is done with. */
  const open = database.prepare<{ runId: string }>(
    `update dead_letters set replayed_by = null
      where replayed_by = @runId and id > coalesce(
        (select case when json_extract(p.progress, '$.finished') then 9e15 else json_extract(p.progress, '$.cursor') end
          from letter_runs l join stream_progress p on p.run_id = l.run_id and p.step_key = json_extract(l.letters, '$.stepKey')
          where l.run_id = @runId), 0)`,
  );
  const isLetterRun = database.prepare<[string], number>('select 1 from letter_runs where run_id = ?').pluck();
  const ended = database.prepare<[], string>(
    "select l.run_id from letter_runs l join runs r on r.id = l.run_id where r.status not in ('queued', 'running', 'waiting')",
  ).pluck();

  const of = (runId: string): void => {
    if (isLetterRun.get(runId) !== undefined) open.run({ runId });
  };
  return { of, all: () => ended.all().forEach(of) };
}

/** The same substrate, but letters are given back as soon as their run has ended. */
export function givingBack(substrate: Substrate, letters: GivenBack): Substrate {
  return {
    ...substrate,
    finish: (lease, outcome, entries) =>
      lease.run.letters ? substrate.finish(lease, outcome, entries).then(() => letters.of(lease.run.runId)) : substrate.finish(lease, outcome, entries),
    async cancel(runId, at) {
      const isCancelled = await substrate.cancel(runId, at);
      if (isCancelled) letters.of(runId);
      return isCancelled;
    },
  };
}
