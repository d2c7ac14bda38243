import type { TransformStep } from '@weft/flow';
import { WholePart } from '../../inspector/whole-part.tsx';
import type { SetupProps } from '../setup-props.ts';

/** Which fields come out; the mapper fills them. */
export const TransformSetup = ({ stepId, step }: SetupProps<TransformStep>) => <WholePart stepId={stepId} step={step} />;
