import type { RespondStep } from '@weft/flow';
import { InputForm } from '../../inspector/input-form.tsx';
import { OpenParts } from '../../inspector/open-parts.tsx';
import type { SetupProps } from '../setup-props.ts';

/** What the caller is answered. */
export function RespondSetup({ stepId, step }: SetupProps<RespondStep>) {
  return (
    <>
      <OpenParts stepId={stepId} step={step} />
      <InputForm stepId={stepId} step={step} />
    </>
  );
}
