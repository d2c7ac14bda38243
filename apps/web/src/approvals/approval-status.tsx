import type { Approval } from '@weft/api';
import { Ban, CircleCheck, CircleX, Clock, Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../ui/index.ts';
import './words.ts';

/** Always an icon and a word. */
export function ApprovalStatus({ status }: Pick<Approval, 'status'>) {
  const { t } = useTranslation('approvals');
  const { tone, icon } = looks[status];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`status.${status}`)}
    </Badge>
  );
}

const looks: Record<Approval['status'], { tone: Tone; icon: ReactNode }> = {
  open: { tone: 'warn', icon: <Hourglass aria-hidden="true" /> },
  approved: { tone: 'ok', icon: <CircleCheck aria-hidden="true" /> },
  rejected: { tone: 'danger', icon: <CircleX aria-hidden="true" /> },
  timed_out: { tone: 'neutral', icon: <Clock aria-hidden="true" /> },
  cancelled: { tone: 'neutral', icon: <Ban aria-hidden="true" /> },
};
