import { Link } from '@tanstack/react-router';
import type { RunSummary } from '@weft/api';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useWorkspaceId } from '../api/index.ts';
import { Notice } from '../ui/index.ts';
import './words.ts';

type Reason = NonNullable<RunSummary['queued']>;

/** Why a run waits in the queue, as a sentence. */
export function queueReasonText(reason: Reason, t: TFunction<'runs'>): string {
  switch (reason.kind) {
    case 'limit':
      return t('queued.limit', { count: reason.limit });
    case 'connector':
      return t('queued.connector', { connector: reason.connector, version: reason.version, note: reason.note });
    case 'key':
    case 'paused':
    case 'draining':
    case 'share':
    case 'places':
      return t(`queued.${reason.kind}`);
  }
}

/** The same above a run, with the way to what it waits for. */
export function QueueNotice({ reason }: { reason: Reason }) {
  const { t } = useTranslation('runs');
  const workspace = useWorkspaceId();
  return (
    <Notice
      tone="warn"
      className="rounded-none border-b border-line"
      action={
        reason.kind === 'key' && (
          <Link to="/w/$workspace/runs/$run" params={{ workspace, run: reason.runId }} className="shrink-0 rounded-sm font-medium underline underline-offset-2">
            {t('queued.ahead')}
          </Link>
        )
      }
    >
      {queueReasonText(reason, t)}
    </Notice>
  );
}
