import type { RespondStep } from '@weft/flow';
import { Reply } from 'lucide-react';
import type { StepKindView } from '../step-kind-view.ts';
import { constantsOf } from '../summary/constants-of.ts';
import { fieldCount } from '../summary/field-count.ts';

export const respond: StepKindView<RespondStep> = {
  Icon: Reply,
  summary({ input }) {
    const { status } = constantsOf(input);
    return [typeof status === 'number' ? String(status) : '', fieldCount(input)].filter(Boolean).join(' · ');
  },
  create: { id: 'respond', step: (_flow, title) => ({ kind: 'respond', title }) },
};
