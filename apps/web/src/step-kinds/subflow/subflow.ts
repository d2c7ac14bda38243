import type { SubflowStep } from '@weft/flow';
import i18next from 'i18next';
import { Workflow } from 'lucide-react';
import type { StepKindView } from '../step-kind-view.ts';

export const subflow: StepKindView<SubflowStep> = {
  Icon: Workflow,
  summary: ({ flow }, { catalogue }) =>
    flow === '' ? i18next.t('step-kinds:subflow.summary.none') : (catalogue.flow?.(flow)?.title ?? i18next.t('step-kinds:subflow.summary.other')),
  create: { id: 'call', step: (_flow, title) => ({ kind: 'subflow', title, flow: '' }) },
};
