import type { Step } from '@weft/flow';

/** What the form of every kind gets. */
export interface SetupProps<S extends Step = Step> {
  stepId: string;
  step: S;
}
