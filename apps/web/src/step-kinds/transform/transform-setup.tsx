import type { TransformStep } from '@weft/flow';
import { OpenParts } from '../../inspector/open-parts.tsx';
import type { SetupProps } from '../setup-props.ts';

/** Which fields come out; the mapper fills them. */
export const TransformSetup = ({ stepId, step }: SetupProps<TransformStep>) => <OpenParts stepId={stepId} step={step} />;
