import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { focusStep } from '../canvas/canvas-view.ts';
import { updateStep } from '../editor/commands/index.ts';
import { beginRun, dispatch, openPlace, openStep, useEditor } from '../editor/state/index.ts';
import { keepTestOutput } from '../inspector/logic/samples.ts';
import { formatShortTime, toast } from '../ui/index.ts';
import { releaseRun, showTab } from './panel-state.ts';
import { runTo } from './start-run.ts';
import type { StepActions } from './step-actions.ts';
import './words.ts';

/** What the editor lets people do with a step of a run; undefined while an old version is on the canvas. */
export function useStepActions(startedAt: number): StepActions | undefined {
  const { t, i18n } = useTranslation('run-panel');
  const readOnly = useEditor((state) => state.readOnly);
  const steps = useEditor((state) => state.document.steps);

  return useMemo(() => {
    if (readOnly) return undefined;
    return {
      has: (stepId) => stepId in steps,
      runTo: (stepId) => void runTo(stepId),
      showRun(runId) {
        showTab('run');
        releaseRun();
        beginRun(runId);
      },
      openStep(stepId, error) {
        if (error) openPlace({ stepId, path: error.path, ruleId: error.ruleId });
        else openStep(stepId);
        focusStep(stepId);
      },
      keepOutput(stepId, output, pin) {
        const { document, catalogue } = useEditor.getState();
        const step = document.steps[stepId];
        if (!step) return;
        const operation = 'use' in step ? catalogue.operation(step.use) : undefined;
        const sample = { title: t('details.sampleTitle', { time: formatShortTime(startedAt, i18n.language) }), output };
        const learns = operation !== undefined && operation.outputSource !== 'declared';
        dispatch(
          updateStep(
            stepId,
            (one) => {
              const kept = keepTestOutput(one, sample, learns);
              return pin ? { ...kept, pinned: kept.samples?.findIndex(({ title }) => title === sample.title) ?? 0 } : kept;
            },
            { label: pin ? t('details.undoPin') : t('details.undoSample') },
          ),
        );
        toast.success(t(pin ? 'details.pinned' : 'details.keptSample', { title: step.title }));
      },
    };
  }, [i18n.language, readOnly, startedAt, steps, t]);
}
