import type { Database } from 'better-sqlite3';
import type { RunFollower } from '../../substrate/run-follower.ts';

/** Gives back what a run took and did not do, in the commit that ends it. */
export interface GivenBack extends RunFollower {
  /** Those of every run that has ended: earlier versions of Weft gave them back in a commit of its own, before which a process could die. */
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
  return {
    follow(change) {
      if (change.kind === 'ended') of(change.runId);
    },
    all: () => ended.all().forEach(of),
  };
}
