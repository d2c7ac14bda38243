import { uniqueStepId, type ForEachStep } from '@weft/flow';
import i18next from 'i18next';
import { Repeat } from 'lucide-react';
import type { StepKindView } from '../step-kind-view.ts';
import { expressionText } from '../summary/expression-text.ts';
import { sourceLine } from '../summary/operation-line.ts';

export const forEach: StepKindView<ForEachStep> = {
  Icon: Repeat,
  summary({ source, items: list, as }, { catalogue, titleOf }) {
    if (source) return sourceLine(source, catalogue);
    const items = expressionText(list, titleOf);
    return items === '' ? i18next.t('step-kinds:forEach.summary.none') : i18next.t('step-kinds:forEach.summary.items', { as, items });
  },
  create: { id: 'each', step: (flow, title) => ({ kind: 'forEach', title, as: uniqueStepId(flow, i18next.t('step-kinds:forEach.item')) }) },
};
