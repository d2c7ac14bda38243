import type { Engine, JournalEntry } from '@weft/engine';
import { z } from 'zod';
import type { Db } from '../db/open.ts';
import { commit } from '../db/commit.ts';
import type { RunReader } from '../runs/reader.ts';
import { audit } from '../stores/audit/writer.ts';
import { json } from './fields.ts';
import { Refused, notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface WaitRouteParts {
  db: Db;
  engine: Pick<Engine, 'signal'>;
  runs: Pick<RunReader, 'detail'>;
}

const skip = z.strictObject({ stepKey: z.string().min(1).max(2_000), payload: json.optional() });

/** What people do to runs that wait. */
export function waitRoutes({ db, engine, runs }: WaitRouteParts) {
  return defineRoutes({
    'POST /w/:workspace/runs/:run/end-wait': {
      policy: 'run.start',
      body: skip,
      async handler({ actor, workspace, params, body: { stepKey, payload } }) {
        const run = await runs.detail(workspace.id, params.run);
        if (!run) throw notFound('This run');
        if (!isWaiting(run.entries, stepKey)) throw new Refused(409, 'run.not_waiting', 'This step does not wait any more.');
        const { id, name } = actor.user;
        const given = { by: name, ...(payload !== undefined && { payload }) };
        const isFirst = await engine.signal({ workspaceId: workspace.id, name: 'skip', key: `${run.id}:${stepKey}`, payload: given, at: Date.now() });
        if (!isFirst) throw new Refused(409, 'run.not_waiting', 'Somebody has ended this wait a moment ago.');
        const action = payload === undefined ? 'run.wait_skipped' : 'run.signal_sent';
        await commit(db, [audit(db, { workspaceId: workspace.id, actorId: id, action, subjectId: run.id, after: { stepKey } })]);
        return null;
      },
    },
  });
}

/** The step's last word is a wait that a person may end; approvals are decided, not skipped. */
function isWaiting(entries: readonly JournalEntry[], stepKey: string): boolean {
  const last = entries.findLast((entry) => entry.stepKey === stepKey);
  return last?.kind === 'started' && (last.wait?.signals.some(({ name }) => name === 'skip') ?? false);
}
