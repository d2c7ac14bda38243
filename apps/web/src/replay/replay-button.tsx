import { useNavigate } from '@tanstack/react-router';
import type { RunDetail } from '@weft/api';
import { History } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stepIdOf } from '@weft/flow';
import { useWorkspaceId } from '../api/index.ts';
import { Button } from '../ui/index.ts';
import './words.ts';

const ReplayDialog = lazy(() => import('./replay-dialog.tsx').then((module) => ({ default: module.ReplayDialog })));

export interface ReplayButtonProps {
  run: Pick<RunDetail, 'id' | 'mode' | 'status' | 'document'>;
  /** The step, with its loop path. */
  stepKey: string;
  label?: string;
  size?: 'sm' | 'md';
  /** Where the new run is shown; default: its own page. */
  onStarted?: (runId: string) => void;
}

/** Replays a run that is over from one of its steps, after saying what that means. */
export function ReplayButton({ run, stepKey, label, size = 'sm', onStarted }: ReplayButtonProps) {
  const { t } = useTranslation('replay');
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const title = run.document.steps[stepIdOf(stepKey)]?.title ?? stepKey;
  const show = onStarted ?? ((runId: string) => void navigate({ to: '/w/$workspace/runs/$run', params: { workspace, run: runId } }));
  if (run.status === 'queued' || run.status === 'running' || run.status === 'waiting') return null;
  return (
    <>
      <Button size={size} icon={<History />} onClick={() => setOpen(true)}>
        {label ?? t('action')}
      </Button>
      {open && (
        <Suspense>
          <ReplayDialog run={run} from={stepKey} title={title} onClose={() => setOpen(false)} onStarted={show} />
        </Suspense>
      )}
    </>
  );
}
