import { may, oneOf, text } from '@weft/json-schema/read';
import { defineKind } from './kind.ts';
import type { StepBase } from './step-base.ts';

/** Ends the run there. */
export interface StopStep extends StepBase {
  kind: 'stop';
  /** How the run ends. Default succeeded. */
  outcome?: 'succeeded' | 'failed';
  message?: string;
}

export const stop = defineKind<StopStep>({
  shape: { outcome: may(oneOf('succeeded', 'failed')), message: may(text(2_000)) },
  ports: () => [],
  goesOnByItself: false,
  parts: () => [],
  mayFail: false,
  inStream: true,
  runsAlone: false,
});
