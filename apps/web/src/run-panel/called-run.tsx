import { Link } from '@tanstack/react-router';
import { CornerDownRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRun, useWorkspaceId } from '../api/index.ts';
import { queueReasonText } from '../runs/queue-reason.tsx';
import { RunStatusBadge } from '../ui/index.ts';
import type { StepRecord } from './record/run-record.ts';
import '../replay/words.ts';
import '../runs/words.ts';

/** The run that a step has called: the way down, how it stands, and why it waits. */
export function CalledRun({ found }: { found: StepRecord | undefined }) {
  const called = found?.wait?.signals.find(({ name }) => name === 'run');
  return called ? <Called runId={called.key} /> : null;
}

function Called({ runId }: { runId: string }) {
  const { t } = useTranslation('replay');
  const { t: tRuns } = useTranslation('runs');
  const workspace = useWorkspaceId();
  const { data } = useRun(runId);
  return (
    <div className="flex shrink-0 flex-col gap-1 border-b border-line px-3 py-1.5">
      <span className="flex items-center gap-2">
        <Link
          to="/w/$workspace/runs/$run"
          params={{ workspace, run: runId }}
          className="flex items-center gap-1.5 rounded-sm text-sm font-medium text-accent-text hover:underline"
        >
          <CornerDownRight aria-hidden="true" className="size-4" />
          {t('links.child')}
        </Link>
        {data && <RunStatusBadge status={data.status} />}
      </span>
      {data?.status === 'queued' && data.queued && <p className="text-xs text-muted">{queueReasonText(data.queued, tRuns)}</p>}
    </div>
  );
}
