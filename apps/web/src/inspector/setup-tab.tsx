import { assertNever, needsConnection, type Step } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { TriggerPanel } from '../triggers/trigger-panel.tsx';
import { TextArea, TextField, Segmented } from '../ui/index.ts';
import { ApprovalSetup } from './approval-setup.tsx';
import { BranchSetup } from './branch-setup.tsx';
import { ConfigForm, DynamicSchemas } from './config-form.tsx';
import { ConnectionPicker } from './connection-picker.tsx';
import { FilterSetup } from './filter-setup.tsx';
import { ForEachSetup } from './for-each-setup.tsx';
import { InputForm } from './input-form.tsx';
import { OpenParts } from './open-parts.tsx';
import { PracticeNotice } from './practice-notice.tsx';
import { SamplesSection } from './samples-section.tsx';
import { SubflowSetup } from './subflow-setup.tsx';
import { useEditStep, useOperation } from './use-step.ts';
import { WaitSetup } from './wait-setup.tsx';
import { WebhookAddress } from './webhook-address.tsx';

interface SetupTabProps {
  stepId: string;
  step: Step;
}

/** What the step is told to do: one part per kind of step. */
export function SetupTab({ stepId, step }: SetupTabProps) {
  switch (step.kind) {
    case 'trigger':
      return <TriggerSetup stepId={stepId} step={step} />;
    case 'action':
      return <ActionSetup stepId={stepId} step={step} />;
    case 'transform':
      return <OpenParts stepId={stepId} step={step} />;
    case 'respond':
      return (
        <>
          <OpenParts stepId={stepId} step={step} />
          <InputForm stepId={stepId} step={step} />
        </>
      );
    case 'filter':
      return <FilterSetup stepId={stepId} step={step} />;
    case 'branch':
      return <BranchSetup stepId={stepId} step={step} />;
    case 'forEach':
      return <ForEachSetup stepId={stepId} step={step} />;
    case 'wait':
      return <WaitSetup stepId={stepId} step={step} />;
    case 'approval':
      return <ApprovalSetup stepId={stepId} step={step} />;
    case 'subflow':
      return <SubflowSetup stepId={stepId} step={step} />;
    case 'stop':
      return <StopSetup stepId={stepId} step={step} />;
    default:
      return assertNever(step);
  }
}

function TriggerSetup({ stepId, step }: { stepId: string; step: Extract<Step, { kind: 'trigger' }> }) {
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
        <ConnectionPicker stepId={stepId} step={step} operation={{ ...operation, connection: 'required' }} connector={connector} label={t('secretConnection')} />
      )}
      <ConfigForm stepId={stepId} step={step} operation={operation} part="more" />
      {strategy === 'polling' && <DynamicSchemas stepId={stepId} step={step} operation={operation} />}
      {(strategy === 'polling' || strategy === 'schedule') && <TriggerPanel kind={strategy} />}
      {strategy !== 'schedule' && <SamplesSection stepId={stepId} step={step} canListen={strategy === 'webhook'} />}
    </>
  );
}

function ActionSetup({ stepId, step }: { stepId: string; step: Extract<Step, { kind: 'action' }> }) {
  const { operation, connector } = useOperation(step);
  if (!operation || !connector) return <MissingConnector id={step.use.connector} />;
  return (
    <>
      <PracticeNotice step={step} />
      <ConnectionPicker stepId={stepId} step={step} operation={operation} connector={connector} />
      <ConfigForm stepId={stepId} step={step} operation={operation} />
      <DynamicSchemas stepId={stepId} step={step} operation={operation} />
      <InputForm stepId={stepId} step={step} />
      <OpenParts stepId={stepId} step={step} />
      <ConfigForm stepId={stepId} step={step} operation={operation} part="more" />
    </>
  );
}

function MissingConnector({ id }: { id: string }) {
  const { t } = useTranslation('inspector');
  return <p className="text-sm text-danger-text">{t('missingConnector', { id })}</p>;
}

function StopSetup({ stepId, step }: { stepId: string; step: Extract<Step, { kind: 'stop' }> }) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      <div className="flex flex-col gap-1">
        <span className="text-xs font-medium">{t('stop.outcome')}</span>
        <Segmented
          label={t('stop.outcome')}
          value={step.outcome ?? 'succeeded'}
          onChange={(outcome) => edit({ outcome }, t('undo.setup'))}
          options={[
            { value: 'succeeded', label: t('stop.succeeded') },
            { value: 'failed', label: t('stop.failed') },
          ]}
        />
      </div>
      <TextField label={t('stop.message')} hint={t('stop.messageHint')} value={step.message ?? ''} readOnly={readOnly} onChange={(message) => edit({ message }, t('undo.setup'), 'message')} />
    </>
  );
}

/** A note to oneself, shown on the step. */
export function NoteField({ stepId, step }: SetupTabProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  return <TextArea label={t('note')} hint={t('noteHint')} rows={2} value={step.note ?? ''} onChange={(note) => edit({ note: note === '' ? undefined : note }, t('undo.note'), 'note')} />;
}
