import { type ConnectorDescriptor, type Operation, triggerSettings } from '@weft/connector-sdk';
import { maxWaitMs, needsConnection, type OperationRef, type SignalSender, type WaitStep } from '@weft/flow';
import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import { ClipboardPaste } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useWorkspaceId } from '../../api/index.ts';
import { useEditor } from '../../editor/state/index.ts';
import { ConfigForm } from '../../inspector/config-form.tsx';
import { ConnectionPicker } from '../../inspector/connection-picker.tsx';
import { FieldsEditor } from '../../inspector/fields-editor.tsx';
import { Labelled } from '../../inspector/labelled.tsx';
import { describedFields } from '../../inspector/logic/edit-schema.ts';
import { withoutRequired } from '../../inspector/logic/without-required.ts';
import { PasteExampleDialog } from '../../inspector/paste-example-dialog.tsx';
import { RejectedLink } from '../../inspector/rejected-link.tsx';
import { StepScope } from '../../inspector/step-scope.tsx';
import { useEditStep } from '../../inspector/use-step.ts';
import { ExpressionEditor } from '../../mapper/expression/expression-editor.tsx';
import { previewExpression, useExpressionScope, useFlowTimezone } from '../../mapper/expression/expression-scope.ts';
import { Button, CopyButton, LengthField, Select } from '../../ui/index.ts';
import type { SetupProps } from '../setup-props.ts';
import '../../inspector/words.ts';

/** Which signal ends the wait, who may send it, and where it goes. */
export function SignalSetup({ stepId, step }: SetupProps<WaitStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      <StepScope stepId={stepId}>
        <Labelled label={t('wait.key')}>
          <ExpressionEditor label={t('wait.key')} expression={step.key ?? { path: [] }} onChange={(key) => edit({ key }, t('inspector:undo.setup'), 'key')} />
          <p className="text-xs text-subtle">{t('wait.keyHint')}</p>
          <KeyOnSample step={step} />
        </Labelled>
        <SenderChoice stepId={stepId} step={step} />
        <Sender stepId={stepId} step={step} />
        <SignalAddress stepId={stepId} step={step} />
      </StepScope>
      <LengthField maxMs={maxWaitMs} label={t('wait.timeout')} hint={t('wait.timeoutHint')} readOnly={readOnly} value={step.timeoutMs} onChange={(timeoutMs) => edit({ timeoutMs: timeoutMs || undefined }, t('inspector:undo.setup'), 'timeoutMs')} />
      <SignalPayload stepId={stepId} step={step} />
      <Sender stepId={stepId} step={step} part="more" />
    </>
  );
}

/** The settings that an operation for signals declares: where the key is, and how a signal proves to be its sender's. */
function Sender({ stepId, step, part = 'main' }: SetupProps<WaitStep> & { part?: 'main' | 'more' }) {
  const { t } = useTranslation('step-kinds');
  const sender = useSender(step);
  if (!sender) return null;
  const { operation, connector, ...used } = sender;
  return (
    <>
      <ConfigForm stepId={stepId} step={used} operation={operation} part={part} />
      {part === 'main' && needsConnection(operation, used.config) && (
        <ConnectionPicker stepId={stepId} step={used} operation={{ ...operation, connection: 'required' }} connector={connector} label={t('inspector:secretConnection')} />
      )}
    </>
  );
}

/** What the step says about its sender; the usual one where it says nothing yet. */
function useSender({ sender }: WaitStep): (SignalSender & { operation: Operation; connector: ConnectorDescriptor }) | undefined {
  const catalogue = useEditor((state) => state.catalogue);
  const connectors = useEditor((state) => state.connectors);
  const used = sender ?? usualSender(connectors);
  const [operation, connector] = used ? [catalogue.operation(used.use), catalogue.connector(used.use)] : [];
  return used && operation && connector && { ...used, operation, connector };
}

/** Who may send signals here: by the operation's settings, anybody or somebody in particular. */
const sendersOf = (connectors: readonly ConnectorDescriptor[]): (SignalSender & { title: string; operation: Operation })[] =>
  connectors.flatMap(({ id, version, title, operations }) =>
    operations.flatMap((operation) => (operation.trigger?.strategy === 'signal' ? [{ use: { connector: id, version, operation: operation.id }, title: `${title}: ${operation.title}`, operation }] : [])),
  );

/** While a wait says nothing, whoever knows the address may end it: that is shown as the settings of one that allows it. */
const usualSender = (connectors: readonly ConnectorDescriptor[]): SignalSender | undefined => sendersOf(connectors).find(({ operation }) => !needsConnection(operation, {}));

/** Offered where there is more than one. */
function SenderChoice({ stepId, step }: SetupProps<WaitStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  const senders = sendersOf(useEditor((state) => state.connectors));
  const used = useSender(step);
  if (senders.length < 2) return null;
  return (
    <Select
      label={t('wait.sender')}
      disabled={readOnly}
      value={used ? keyOfUse(used.use) : null}
      options={senders.map(({ use, title }) => ({ value: keyOfUse(use), label: title }))}
      onChange={(chosen) => edit({ sender: { use: senders.find(({ use }) => keyOfUse(use) === chosen)!.use } }, t('inspector:undo.setup'))}
    />
  );
}

const keyOfUse = ({ connector, version, operation }: OperationRef): string => `${connector}@${version}/${operation}`;

function KeyOnSample({ step }: { step: WaitStep }) {
  const { t } = useTranslation('step-kinds');
  const key = useSampleKey(step);
  return key !== undefined && <p className="text-xs text-subtle">{t('wait.keyOnSample', { key })}</p>;
}

function useSampleKey({ key }: WaitStep): string | undefined {
  const { values } = useExpressionScope();
  const timezone = useFlowTimezone();
  const found = key && !('path' in key && key.path.length === 0) ? previewExpression(key, values, timezone).value : undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** Where the other system calls, with the key of the sample, and a line to try it with. */
function SignalAddress({ stepId, step }: SetupProps<WaitStep>) {
  const { t } = useTranslation('step-kinds');
  const workspace = useWorkspaceId();
  const me = useMe();
  const flowId = useEditor((state) => state.facts?.id);
  const key = useSampleKey(step);
  const base = `${me.data?.publicUrl ?? window.location.origin}/hooks/${workspace}/signals/${flowId ?? ''}/${stepId}`;
  const sender = useSender(step);
  const field = sender && keyField(triggerSettings(sender.operation, sender.config));
  const url = field === undefined ? `${base}?key=${key === undefined ? 'KEY' : encodeURIComponent(key)}` : base;
  const body = JSON.stringify(field === undefined ? { paid: true } : nested(field.split('.'), key ?? 'KEY'));
  const command = `curl -X POST '${url.replaceAll("'", '%27')}' -H 'content-type: application/json' -d '${body.replaceAll("'", String.raw`'\''`)}'`;
  return (
    <div className="flex flex-col gap-3">
      <Copyable label={t('wait.address')} text={url} />
      <p className="-mt-2 text-xs text-subtle">{t('wait.addressHint')}</p>
      {sender && needsConnection(sender.operation, sender.config) ? <p className="text-xs text-subtle">{t('wait.checked')}</p> : <Copyable label={t('wait.example')} text={command} />}
      {flowId !== undefined && <RejectedLink flowId={flowId} />}
    </div>
  );
}

function keyField({ key }: JsonObject): string | undefined {
  const field = isObject(key) && key['in'] === 'body' ? key['field'] : undefined;
  return typeof field === 'string' && field !== '' ? field : undefined;
}

const nested = (path: readonly string[], value: Json): Json => path.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);

function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-xs font-medium">{label}</span>
      <div className="flex items-start gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-2">
        <code className="min-w-0 flex-1 py-1 font-mono text-xs break-all">{text}</code>
        <CopyButton text={text} />
      </div>
    </div>
  );
}

/** Which fields the signal's body has, so that later steps can be mapped from them. */
function SignalPayload({ stepId, step }: SetupProps<WaitStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const [pasting, setPasting] = useState(false);
  const described = step.schemas?.output;
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium">{t('wait.brings')}</span>
      <div className="flex min-w-0 flex-col gap-2 rounded-md border border-line bg-sunken p-3">
        {described ? (
          <>
            <span className="text-xs text-muted">{t('wait.described', { count: describedFields(described).length })}</span>
            <FieldsEditor schema={described} onChange={(output, { merge } = {}) => edit((one) => ({ ...one, schemas: { ...one.schemas, output } }), t('inspector:undo.describe'), merge)} />
          </>
        ) : (
          <p className="text-xs text-muted">{t('wait.bringsText')}</p>
        )}
        <Button size="sm" className="self-start" icon={<ClipboardPaste />} onClick={() => setPasting(true)}>
          {t('inspector:open.paste')}
        </Button>
      </div>
      {pasting && (
        <PasteExampleDialog
          title={t('inspector:paste.title')}
          text={t('wait.bringsText')}
          keptAs={`signal ${stepId}`}
          onClose={() => setPasting(false)}
          onPaste={(payload, schema) => {
            const sample = { title: t('wait.sample'), output: { resumedAt: '2026-01-15T09:30:00.000Z', payload } };
            edit((one) => ({ ...one, samples: [sample], schemas: { ...one.schemas, output: withoutRequired(schema) } }), t('inspector:undo.describe'));
            setPasting(false);
          }}
        />
      )}
    </div>
  );
}
