import type { StopStep } from '@weft/flow';
import i18next from 'i18next';
import { CircleStop } from 'lucide-react';
import type { StepKindView } from '../step-kind-view.ts';

export const stop: StepKindView<StopStep> = {
  Icon: CircleStop,
  summary: ({ message, outcome = 'succeeded' }) => message ?? i18next.t(`step-kinds:stop.summary.${outcome}`),
  create: { id: 'stop', step: (_flow, title) => ({ kind: 'stop', title }) },
};
