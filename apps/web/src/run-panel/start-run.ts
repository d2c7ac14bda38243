import { select, useEditor } from '../editor/state/index.ts';
import { startTestRun } from '../editor/test-run.ts';
import { suggestRecord } from './panel-state.ts';

/** Runs the draft on the chosen data. */
export async function runAll(): Promise<void> {
  await startTestRun();
}

/** Runs the draft on the chosen data as far as this step, and shows what it gave. */
export async function runTo(stepId: string): Promise<void> {
  const runId = await startTestRun({ until: stepId });
  if (runId === undefined) return;
  if (useEditor.getState().selection.at(-1) !== stepId) select([stepId]);
  suggestRecord(stepId);
}
