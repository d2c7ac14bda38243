import { Link } from '@tanstack/react-router';
import { CornerDownRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkspaceId } from '../api/index.ts';
import type { StepRecord } from './record/run-record.ts';

/** The run that a step has called: the way down. */
export function CalledRun({ found }: { found: StepRecord | undefined }) {
  const { t } = useTranslation('replay');
  const workspace = useWorkspaceId();
  const called = found?.wait?.signals.find(({ name }) => name === 'run');
  if (!called) return null;
  return (
    <Link
      to="/w/$workspace/runs/$run"
      params={{ workspace, run: called.key }}
      className="flex shrink-0 items-center gap-1.5 border-b border-line px-3 py-1.5 text-sm font-medium text-accent-text hover:bg-hover"
    >
      <CornerDownRight aria-hidden="true" className="size-4" />
      {t('links.child')}
    </Link>
  );
}
