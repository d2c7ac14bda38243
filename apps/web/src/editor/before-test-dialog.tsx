import { useTranslation } from 'react-i18next';
import { StepIcon } from '../step-kinds/step-icon.tsx';
import { Button, Dialog } from '../ui/index.ts';
import './dialog-words.ts';
import { useEditor, useTestQuestion } from './state/index.ts';

/** Which steps of a test would really act outside, and whether they shall. */
export function BeforeTestDialog() {
  const { t } = useTranslation('editor');
  const asked = useTestQuestion((state) => state.asked);
  const steps = useEditor(({ document }) => document.steps);
  if (!asked) return null;
  const { stepIds, single, answer } = asked;
  return (
    <Dialog
      open
      onClose={() => answer(undefined)}
      title={t('beforeTest.title', { count: stepIds.length })}
      description={single ? t('beforeTest.textStep') : t('beforeTest.text', { count: stepIds.length })}
      footer={
        <>
          <Button onClick={() => answer(undefined)}>{t('beforeTest.cancel')}</Button>
          <Button variant={single ? 'primary' : 'secondary'} onClick={() => answer('real')}>
            {t('beforeTest.real')}
          </Button>
          {!single && (
            <Button variant="primary" onClick={() => answer('samples')}>
              {t('beforeTest.samples')}
            </Button>
          )}
        </>
      }
    >
      <ul className="grid gap-1.5">
        {stepIds.map((stepId) => {
          const step = steps[stepId];
          if (!step) return null;
          return (
            <li key={stepId} className="flex items-center gap-2 text-sm">
              <StepIcon step={step} size={16} />
              <span className="min-w-0 flex-1 truncate">{step.title}</span>
              {!single && <span className="shrink-0 text-xs text-subtle">{t(step.samples?.length ? 'beforeTest.hasSample' : 'beforeTest.madeUp')}</span>}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
