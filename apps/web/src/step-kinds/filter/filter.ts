import type { FilterStep } from '@weft/flow';
import i18next from 'i18next';
import { Funnel } from 'lucide-react';
import type { StepKindView } from '../step-kind-view.ts';
import { expressionText } from '../summary/expression-text.ts';

export const filter: StepKindView<FilterStep> = {
  Icon: Funnel,
  summary: ({ condition }, { titleOf }) => expressionText(condition, titleOf) || i18next.t('step-kinds:filter.summary.none'),
  create: { id: 'filter', step: (_flow, title) => ({ kind: 'filter', title }) },
};
