import type { TransformStep } from '@weft/flow';
import { Spline } from 'lucide-react';
import type { StepKindView } from '../step-kind-view.ts';
import { fieldCount } from '../summary/field-count.ts';

export const transform: StepKindView<TransformStep> = {
  Icon: Spline,
  summary: ({ input }) => fieldCount(input),
  create: { id: 'map', step: (_flow, title) => ({ kind: 'transform', title }) },
};
