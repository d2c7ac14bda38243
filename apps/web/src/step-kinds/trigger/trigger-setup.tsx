import { needsConnection, type TriggerStep } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { ConfigForm, DynamicSchemas } from '../../inspector/config-form.tsx';
import { ConnectionPicker } from '../../inspector/connection-picker.tsx';
import { MissingConnector } from '../../inspector/missing-connector.tsx';
import { SamplesSection } from '../../inspector/samples-section.tsx';
import { useOperation } from '../../inspector/use-step.ts';
import { WebhookAddress } from '../../inspector/webhook-address.tsx';
import { TriggerPanel } from '../../triggers/trigger-panel.tsx';
import type { SetupProps } from '../setup-props.ts';
import '../../inspector/words.ts';

/** What starts the flow, and what that brings. */
export function TriggerSetup({ stepId, step }: SetupProps<TriggerStep>) {
  const { t } = useTranslation('inspector');
  const { operation, connector } = useOperation(step);
  const strategy = operation?.trigger?.strategy;
  if (!operation || !connector) return <MissingConnector id={step.use.connector} />;
  return (
    <>
      {strategy === 'webhook' && <WebhookAddress step={step} />}
      {strategy !== 'webhook' && <ConnectionPicker stepId={stepId} step={step} operation={operation} connector={connector} />}
      <ConfigForm stepId={stepId} step={step} operation={operation} />
      {strategy === 'webhook' && needsConnection(operation, step.config) && (
        <ConnectionPicker
          stepId={stepId}
          step={step}
          operation={{ ...operation, connection: 'required' }}
          connector={connector}
          label={t('secretConnection')}
        />
      )}
      <ConfigForm stepId={stepId} step={step} operation={operation} part="more" />
      {strategy === 'polling' && <DynamicSchemas stepId={stepId} step={step} operation={operation} />}
      {(strategy === 'polling' || strategy === 'schedule') && <TriggerPanel kind={strategy} />}
      {strategy !== 'schedule' && <SamplesSection stepId={stepId} step={step} canListen={strategy === 'webhook'} />}
    </>
  );
}
