import type { Catalogue, FlowDocument, Step } from '@weft/flow';
import { viewOf } from './step-kinds.ts';

/** What a step does, in one line. */
export const summaryLine = (step: Step, catalogue: Catalogue, steps: FlowDocument['steps']): string =>
  viewOf(step).summary(step, { catalogue, titleOf: (name) => steps[name]?.title ?? name });
