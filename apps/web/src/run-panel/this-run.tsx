import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stepIdOf } from '@weft/flow';
import { messageOf, useRun } from '../api/index.ts';
import { openStep, select, showRun, useEditor } from '../editor/state/index.ts';
import { ErrorState } from '../ui/index.ts';
import { EarlierPayload } from './earlier-payload.tsx';
import { selectRecord, suggestRecord, usePanel } from './panel-state.ts';
import { PayloadBar } from './payload-bar.tsx';
import { PayloadPane } from './payload-pane.tsx';
import { runKey } from './record/rows.ts';
import type { RunRecord } from './record/run-record.ts';
import { RunAnnouncement } from './run-announcement.tsx';
import { RunBrowser } from './run-browser.tsx';
import { beginningRun, isOver, shownRun } from './shown-run.ts';
import { useRunFeed } from './use-run-feed.ts';
import { useStepActions } from './use-step-actions.ts';
import './words.ts';

/** The run on the canvas: live while it runs, then to look into. Give it the run's id as its key. */
export function ThisRun({ runId, flowId }: { runId: string; flowId: string }) {
  const { t } = useTranslation('run-panel');
  const { data, error, refetch } = useRun(runId);
  const [begun] = useState(() => ({ flow: useEditor.getState().document, at: Date.now() }));
  const { record, clockAheadMs } = useRunFeed(runId, data);
  const isAtWork = record.steps.size > 0;
  const run = useMemo(() => (data ? shownRun(data, isAtWork) : beginningRun(runId, begun.flow, begun.at)), [begun, data, isAtWork, runId]);
  const actions = useStepActions(run.startedAt);
  const selected = usePanel((state) => state.selected);
  const chosen = usePanel((state) => state.chosen);
  const aside = usePanel((state) => state.aside);
  useSelectionOfCanvas();
  useCanvasOfRun(runId, data !== undefined);

  const isFailed = run.status === 'failed';
  return (
    <>
      <RunAnnouncement run={run} />
      <RunBrowser
        run={run}
        record={record}
        clockAheadMs={clockAheadMs}
        selected={selected === null || (!chosen && isFailed) ? null : presentKey(record, selected)}
        onSelect={(key) => {
          selectRecord(key);
          selectOnCanvas(key);
        }}
        {...(actions && { actions })}
        lead={<PayloadBar runningId={isOver(run) ? undefined : runId} />}
        aside={
          aside === 'payload' ? (
            <PayloadPane />
          ) : aside === 'earlier' ? (
            <EarlierPayload flowId={flowId} />
          ) : error && !data ? (
            <ErrorState title={t('failedToLoad')} text={messageOf(error)} retry={() => void refetch()} />
          ) : undefined
        }
      />
    </>
  );
}

/** A step that is chosen on the canvas is shown here. */
function useSelectionOfCanvas(): void {
  const current = useEditor(({ selection }) => selection.at(-1));
  const follow = useEffectEvent((stepId: string) => {
    const { selected } = usePanel.getState();
    if (selected !== null && stepIdOf(selected) === stepId) return;
    suggestRecord(stepId);
  });
  useEffect(() => {
    if (current !== undefined) follow(current);
  }, [current]);
}

/** What was chosen may have been in another run: then the same step of this one; of many items the first that failed, else the first. */
function presentKey(record: RunRecord, key: string): string {
  if (key === runKey || record.steps.has(key) || record.inside.has(key)) return key;
  if (key.endsWith(']')) return runKey;
  const stepId = stepIdOf(key);
  const all = [...record.steps.values()].filter((step) => step.stepId === stepId);
  return (all.find(({ status }) => status === 'failed') ?? all[0])?.key ?? stepId;
}

function selectOnCanvas(key: string): void {
  if (key === runKey || key.endsWith(']')) return;
  const stepId = stepIdOf(key);
  // An open inspector follows; a closed one stays closed.
  if (useEditor.getState().openStep === null) select([stepId]);
  else openStep(stepId);
}

/** What happened long ago lights up as soon as it is known; what happens now the canvas hears itself. */
function useCanvasOfRun(runId: string, isRead: boolean): void {
  const { data } = useRun(runId);
  const show = useEffectEvent(() => {
    const { activeRunId, runStates } = useEditor.getState();
    if (data && activeRunId === runId && Object.keys(runStates).length === 0) showRun(runId, data);
  });
  useEffect(() => {
    if (isRead) show();
  }, [isRead]);
}
