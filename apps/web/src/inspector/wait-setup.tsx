import type { WaitStep } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { ExpressionEditor } from '../mapper/expression/expression-editor.tsx';
import { LengthField, Segmented } from '../ui/index.ts';
import { Labelled } from './labelled.tsx';
import { SignalSetup } from './signal-setup.tsx';
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
