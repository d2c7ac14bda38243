import type { RespondStep } from '@weft/flow';
import { InputForm } from '../../inspector/input-form.tsx';
import { WholePart } from '../../inspector/whole-part.tsx';
import type { SetupProps } from '../setup-props.ts';

/** What the caller is answered. */
export function RespondSetup({ stepId, step }: SetupProps<RespondStep>) {
  return (
    <>
      <WholePart stepId={stepId} step={step} />
      <InputForm stepId={stepId} step={step} />
    </>
  );
}
