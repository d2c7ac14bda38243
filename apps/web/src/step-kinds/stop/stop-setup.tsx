import type { StopStep } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../../editor/state/index.ts';
import { useEditStep } from '../../inspector/use-step.ts';
import { Segmented, TextField } from '../../ui/index.ts';
import type { SetupProps } from '../setup-props.ts';
import '../../inspector/words.ts';

/** How the run ends, and what its history says about it. */
export function StopSetup({ stepId, step }: SetupProps<StopStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      <div className="flex flex-col gap-1">
        <span className="text-xs font-medium">{t('stop.outcome')}</span>
        <Segmented
          label={t('stop.outcome')}
          value={step.outcome ?? 'succeeded'}
          onChange={(outcome) => edit({ outcome }, t('inspector:undo.setup'))}
          options={[
            { value: 'succeeded', label: t('stop.succeeded') },
            { value: 'failed', label: t('stop.failed') },
          ]}
        />
      </div>
      <TextField
        label={t('stop.message')}
        hint={t('stop.messageHint')}
        value={step.message ?? ''}
        readOnly={readOnly}
        onChange={(message) => edit({ message }, t('inspector:undo.setup'), 'message')}
      />
    </>
  );
}
