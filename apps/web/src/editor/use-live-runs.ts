import type { LiveEvent } from '@weft/api';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { call, useLive, useMe } from '../api/index.ts';
import { usePanel } from '../run-panel/panel-state.ts';
import { toast } from '../ui/index.ts';
import { beginRun, recordEntries, recordProgress, setDocument, showRun, useEditor } from './state/index.ts';

/** How long a finished run stays on the canvas before another one may take its place, milliseconds. */
const showMs = 1_500;

/** Lights up the canvas as things happen: runs started here and calls from outside; edits saved elsewhere. */
export function useLiveRuns(flowId: string): void {
  const { t } = useTranslation('editor');
  const { data: me } = useMe();
  const finishedAt = useRef<number | null>(null);

  const follow = (runId: string): boolean => {
    const { activeRunId, shelved } = useEditor.getState();
    if (activeRunId === runId) return true;
    const isFree = activeRunId === null || (finishedAt.current !== null && Date.now() - finishedAt.current > showMs);
    if (!isFree || shelved || usePanel.getState().held) return false;
    finishedAt.current = null;
    beginRun(runId);
    return true;
  };

  useLive((event: LiveEvent) => {
    if (event.type === 'steps' && event.flowId === flowId) {
      if (follow(event.runId)) recordEntries(event.runId, event.entries);
    } else if (event.type === 'progress' && event.flowId === flowId) {
      if (follow(event.runId)) recordProgress(event.runId, event.progress);
    } else if (event.type === 'run' && event.run.flowId === flowId) {
      if (!follow(event.run.id)) return;
      if (event.run.finishedAt === null) finishedAt.current = null;
      else {
        finishedAt.current = Date.now();
        void readWhole(event.run.id);
      }
    } else if (event.type === 'flow' && event.flowId === flowId) {
      void readChanges(flowId, event.revision).then((isNew) => {
        if (isNew) toast.info(event.by.id === me?.user.id ? t('changedInOtherTab') : t('changedElsewhere', { name: event.by.name }));
      });
    }
  });
}

/** Events may have been missed; the finished run knows all. Long loops keep what was counted on the way. */
async function readWhole(runId: string): Promise<void> {
  const { workspace, activeRunId } = useEditor.getState();
  if (activeRunId !== runId) return;
  const run = await call('GET /w/:workspace/runs/:run', { params: { workspace, run: runId } });
  if (useEditor.getState().activeRunId === runId && !run.truncated) showRun(runId, run);
}

/** Takes over what somebody else saved, unless there are edits here: then saving finds out and asks. */
async function readChanges(flowId: string, revision: number): Promise<boolean> {
  const { workspace, saveState, revision: known } = useEditor.getState();
  if (revision <= known || saveState !== 'saved') return false;
  const detail = await call('GET /w/:workspace/flows/:flow', { params: { workspace, flow: flowId } });
  const now = useEditor.getState();
  if (now.saveState !== 'saved' || now.shelved || detail.revision <= now.revision) return false;
  setDocument(detail);
  return true;
}
