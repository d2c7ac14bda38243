import type { ActionStep } from '@weft/flow';
import { ConfigForm, DynamicSchemas } from '../../inspector/config-form.tsx';
import { ConnectionPicker } from '../../inspector/connection-picker.tsx';
import { InputForm } from '../../inspector/input-form.tsx';
import { MissingConnector } from '../../inspector/missing-connector.tsx';
import { WholePart } from '../../inspector/whole-part.tsx';
import { PracticeNotice } from '../../inspector/practice-notice.tsx';
import { useOperation } from '../../inspector/use-step.ts';
import type { SetupProps } from '../setup-props.ts';

/** The settings of the operation, and what it gets. */
export function ActionSetup({ stepId, step }: SetupProps<ActionStep>) {
  const { operation, connector } = useOperation(step);
  if (!operation || !connector) return <MissingConnector id={step.use.connector} />;
  return (
    <>
      <PracticeNotice step={step} />
      <ConnectionPicker stepId={stepId} step={step} operation={operation} connector={connector} />
      <ConfigForm stepId={stepId} step={step} operation={operation} />
      <DynamicSchemas stepId={stepId} step={step} operation={operation} />
      <InputForm stepId={stepId} step={step} />
      <WholePart stepId={stepId} step={step} />
      <ConfigForm stepId={stepId} step={step} operation={operation} part="more" />
    </>
  );
}
