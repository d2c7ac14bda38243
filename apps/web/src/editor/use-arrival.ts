import { stepIdOf } from '@weft/flow';
import { useEffect } from 'react';
import { call, messageOf } from '../api/index.ts';
import { focusStep } from '../canvas/canvas-view.ts';
import { enterFlow, holdRun, selectRecord } from '../run-panel/panel-state.ts';
import { toast } from '../ui/index.ts';
import { beginRun, openPlace, openRunPanel, useEditor } from './state/index.ts';

/** Who comes from a run finds it below the canvas, and where it failed the step that failed, opened at the field, beside its input. */
export function useArrival(runId: string | undefined, ready: boolean): void {
  useEffect(() => {
    if (runId === undefined || !ready) return undefined;
    let gone = false;
    const arrive = async () => {
      const { workspace, facts } = useEditor.getState();
      const { error } = await call('GET /w/:workspace/runs/:run', { params: { workspace, run: runId } });
      if (gone) return;
      enterFlow(facts?.id ?? '');
      openRunPanel();
      holdRun();
      beginRun(runId);
      if (error?.stepKey === undefined) return;
      const stepId = stepIdOf(error.stepKey);
      openPlace({ stepId, path: error.path, ruleId: error.ruleId });
      focusStep(stepId);
      selectRecord(error.stepKey);
    };
    arrive().catch((error: unknown) => toast.error(messageOf(error)));
    return () => {
      gone = true;
    };
  }, [runId, ready]);
}
