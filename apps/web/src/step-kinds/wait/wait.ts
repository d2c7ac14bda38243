import type { WaitStep } from '@weft/flow';
import i18next from 'i18next';
import { Hourglass } from 'lucide-react';
import { lengthText } from '../../ui/length-text.ts';
import type { StepKindView } from '../step-kind-view.ts';
import { expressionText } from '../summary/expression-text.ts';

export const wait: StepKindView<WaitStep> = {
  Icon: Hourglass,
  summary({ mode, durationMs, date, key }, { titleOf }) {
    switch (mode) {
      case 'duration':
        return durationMs === undefined
          ? i18next.t('step-kinds:wait.summary.noDuration')
          : i18next.t('step-kinds:wait.summary.for', { time: lengthText(durationMs) });
      case 'date': {
        const text = expressionText(date, titleOf);
        return text === '' ? i18next.t('step-kinds:wait.summary.noDate') : i18next.t('step-kinds:wait.summary.until', { date: text });
      }
      case 'signal': {
        const text = expressionText(key, titleOf);
        return text === '' ? i18next.t('step-kinds:wait.summary.noKey') : i18next.t('step-kinds:wait.summary.signal', { key: text });
      }
    }
  },
  create: { id: 'wait', step: (_flow, title) => ({ kind: 'wait', title, mode: 'duration' }) },
};
