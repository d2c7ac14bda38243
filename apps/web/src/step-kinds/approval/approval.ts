import type { ApprovalStep } from '@weft/flow';
import i18next from 'i18next';
import { UserCheck } from 'lucide-react';
import type { StepKindView } from '../step-kind-view.ts';

export const approval: StepKindView<ApprovalStep> = {
  Icon: UserCheck,
  summary: ({ question }) => question.trim() || i18next.t('step-kinds:approval.summary.none'),
  create: { id: 'approval', step: (_flow, title) => ({ kind: 'approval', title, question: '', assignees: { users: [], roles: ['owner'] } }) },
};
