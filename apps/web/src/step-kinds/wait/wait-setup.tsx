import { maxWaitMs, type WaitStep } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../../editor/state/index.ts';
import { Labelled } from '../../inspector/labelled.tsx';
import { StepScope } from '../../inspector/step-scope.tsx';
import { useEditStep } from '../../inspector/use-step.ts';
import { ExpressionEditor } from '../../mapper/expression/expression-editor.tsx';
import { LengthField, Segmented } from '../../ui/index.ts';
import type { SetupProps } from '../setup-props.ts';
import { SignalSetup } from './signal-setup.tsx';
import '../../inspector/words.ts';

/** For how long, until when, or for which signal the run is put aside. */
export function WaitSetup({ stepId, step }: SetupProps<WaitStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <Segmented
          label={t('wait.mode')}
          value={step.mode}
          onChange={(mode) => edit({ mode }, t('inspector:undo.setup'))}
          options={(['duration', 'date', 'signal'] as const).map((value) => ({ value, label: t(`wait.${value}`) }))}
        />
        <p className="text-xs text-muted">{t(`wait.${step.mode}Text`)}</p>
      </div>
      {step.mode === 'duration' && (
        <LengthField
          maxMs={maxWaitMs}
          required
          label={t('wait.howLong')}
          readOnly={readOnly}
          value={step.durationMs}
          onChange={(durationMs) => edit({ durationMs }, t('inspector:undo.setup'), 'durationMs')}
        />
      )}
      {step.mode === 'date' && (
        <StepScope stepId={stepId}>
          <Labelled label={t('wait.until')}>
            <ExpressionEditor
              label={t('wait.until')}
              expression={step.date ?? { path: [] }}
              onChange={(date) => edit({ date }, t('inspector:undo.setup'), 'date')}
            />
          </Labelled>
        </StepScope>
      )}
      {step.mode === 'signal' && <SignalSetup stepId={stepId} step={step} />}
      <p className="text-xs text-subtle">{t('wait.test')}</p>
    </>
  );
}
