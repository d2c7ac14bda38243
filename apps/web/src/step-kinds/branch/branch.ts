import type { BranchStep } from '@weft/flow';
import i18next from 'i18next';
import { Split } from 'lucide-react';
import type { StepKindView } from '../step-kind-view.ts';

export const branch: StepKindView<BranchStep> = {
  Icon: Split,
  summary: ({ cases }) => i18next.t('step-kinds:branch.summary.cases', { count: cases.length }),
  create: {
    id: 'branch',
    step: (_flow, title) => ({ kind: 'branch', title, cases: [{ id: 'case1', title: i18next.t('step-kinds:branch.case', { number: 1 }) }] }),
  },
};
