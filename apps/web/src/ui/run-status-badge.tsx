import type { RunSummary } from '@weft/api';
import { Ban, CircleCheck, CircleX, Clock, Hourglass, SkipForward } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from './badge.tsx';
import { Spinner } from './spinner.tsx';

type Status = RunSummary['status'];

export interface RunStatusBadgeProps {
  status: Status;
}

/** Always an icon and a word: the colour alone says nothing. */
export function RunStatusBadge({ status }: RunStatusBadgeProps) {
  const { t } = useTranslation('ui');
  const { tone, icon } = looks[status];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`runStatus.${status}`)}
    </Badge>
  );
}

const looks: Record<Status, { tone: Tone; icon: ReactNode }> = {
  queued: { tone: 'neutral', icon: <Clock aria-hidden="true" /> },
  running: { tone: 'accent', icon: <Spinner size={12} /> },
  waiting: { tone: 'warn', icon: <Hourglass aria-hidden="true" /> },
  succeeded: { tone: 'ok', icon: <CircleCheck aria-hidden="true" /> },
  failed: { tone: 'danger', icon: <CircleX aria-hidden="true" /> },
  cancelled: { tone: 'neutral', icon: <Ban aria-hidden="true" /> },
  skipped: { tone: 'neutral', icon: <SkipForward aria-hidden="true" /> },
};
