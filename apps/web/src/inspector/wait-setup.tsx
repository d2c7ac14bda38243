import type { WaitStep } from '@weft/flow';
import { ClipboardPaste } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useWorkspaceId } from '../api/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { ExpressionEditor } from '../mapper/expression/expression-editor.tsx';
import { previewExpression, useExpressionScope } from '../mapper/expression/expression-scope.ts';
import { Button, CopyButton, LengthField, Segmented } from '../ui/index.ts';
import { FieldsEditor } from './fields-editor.tsx';
import { describedFields } from './logic/edit-schema.ts';
import { withoutRequired } from './logic/without-required.ts';
import { PasteExampleDialog } from './paste-example-dialog.tsx';
import { StepScope } from './step-scope.tsx';
import { useEditStep } from './use-step.ts';

interface WaitSetupProps {
  stepId: string;
  step: WaitStep;
}

/** For how long, until when, or for which signal the run is put aside. */
export function WaitSetup({ stepId, step }: WaitSetupProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <Segmented
          label={t('wait.mode')}
          value={step.mode}
          onChange={(mode) => edit({ mode }, t('undo.setup'))}
          options={(['duration', 'date', 'signal'] as const).map((value) => ({ value, label: t(`wait.${value}`) }))}
        />
        <p className="text-xs text-muted">{t(`wait.${step.mode}Text`)}</p>
      </div>
      {step.mode === 'duration' && (
        <LengthField required label={t('wait.howLong')} readOnly={readOnly} value={step.durationMs} onChange={(durationMs) => edit({ durationMs }, t('undo.setup'), 'durationMs')} />
      )}
      {step.mode === 'date' && (
        <StepScope stepId={stepId}>
          <Labelled label={t('wait.until')}>
            <ExpressionEditor label={t('wait.until')} expression={step.date ?? { path: [] }} onChange={(date) => edit({ date }, t('undo.setup'), 'date')} />
          </Labelled>
        </StepScope>
      )}
      {step.mode === 'signal' && <SignalSetup stepId={stepId} step={step} />}
      <p className="text-xs text-subtle">{t('wait.test')}</p>
    </>
  );
}

function SignalSetup({ stepId, step }: WaitSetupProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      <StepScope stepId={stepId}>
        <Labelled label={t('wait.key')}>
          <ExpressionEditor label={t('wait.key')} expression={step.key ?? { path: [] }} onChange={(key) => edit({ key }, t('undo.setup'), 'key')} />
          <p className="text-xs text-subtle">{t('wait.keyHint')}</p>
        </Labelled>
        <SignalAddress stepId={stepId} step={step} />
      </StepScope>
      <LengthField label={t('wait.timeout')} hint={t('wait.timeoutHint')} readOnly={readOnly} value={step.timeoutMs} onChange={(timeoutMs) => edit({ timeoutMs: timeoutMs || undefined }, t('undo.setup'), 'timeoutMs')} />
      <SignalPayload stepId={stepId} step={step} />
    </>
  );
}

/** Where the other system calls, with the key of the sample, and a line to try it with. */
function SignalAddress({ stepId, step }: WaitSetupProps) {
  const { t } = useTranslation('inspector');
  const workspace = useWorkspaceId();
  const me = useMe();
  const flowId = useEditor((state) => state.facts?.id);
  const { values } = useExpressionScope();
  const found = step.key && !('path' in step.key && step.key.path.length === 0) ? previewExpression(step.key, values).value : undefined;
  const key = typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
  const base = `${me.data?.publicUrl ?? window.location.origin}/hooks/${workspace}/signals/${flowId ?? ''}/${stepId}`;
  const url = `${base}?key=${key === undefined ? 'KEY' : encodeURIComponent(key)}`;
  const command = `curl -X POST '${url.replaceAll("'", '%27')}' -H 'content-type: application/json' -d '{"paid": true}'`;
  return (
    <div className="flex flex-col gap-3">
      {key !== undefined && <p className="text-xs text-subtle">{t('wait.keyOnSample', { key })}</p>}
      <Copyable label={t('wait.address')} text={url} />
      <p className="-mt-2 text-xs text-subtle">{t('wait.addressHint')}</p>
      <Copyable label={t('wait.example')} text={command} />
    </div>
  );
}

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
function SignalPayload({ stepId, step }: WaitSetupProps) {
  const { t } = useTranslation('inspector');
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
            <FieldsEditor schema={described} onChange={(output, merge) => edit((one) => ({ ...one, schemas: { ...one.schemas, output } }), t('undo.describe'), merge)} />
          </>
        ) : (
          <p className="text-xs text-muted">{t('wait.bringsText')}</p>
        )}
        <Button size="sm" className="self-start" icon={<ClipboardPaste />} onClick={() => setPasting(true)}>
          {t('open.paste')}
        </Button>
      </div>
      {pasting && (
        <PasteExampleDialog
          title={t('paste.title')}
          text={t('wait.bringsText')}
          onClose={() => setPasting(false)}
          onPaste={(payload, schema) => {
            const sample = { title: t('wait.sample'), output: { resumedAt: '2026-01-15T09:30:00.000Z', payload } };
            edit((one) => ({ ...one, samples: [sample], schemas: { ...one.schemas, output: withoutRequired(schema) } }), t('undo.describe'));
            setPasting(false);
          }}
        />
      )}
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium">
        {label} <span className="text-danger-text">*</span>
      </span>
      {children}
    </div>
  );
}
