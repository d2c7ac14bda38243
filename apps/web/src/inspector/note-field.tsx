import type { Step } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { TextArea } from '../ui/index.ts';
import { useEditStep, useProblemAt } from './use-step.ts';
import './words.ts';

/** A note to oneself, shown on the step. */
export function NoteField({ stepId, step }: { stepId: string; step: Step }) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  const error = useProblemAt(stepId, 'note');
  return <TextArea label={t('note')} error={error} hint={t('noteHint')} rows={2} value={step.note ??
    ''} onChange={(note) => edit({ note: note === '' ? undefined : note }, t('undo.note'), 'note')} />;
}
