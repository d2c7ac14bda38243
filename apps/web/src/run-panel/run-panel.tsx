import { Play, SquareArrowOutUpRight, X, RotateCcw, SkipForward } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import type { LiveEvent, RunSummary } from '@weft/api';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useRejections, useRun, useRunAgain, useWorkspaceId } from '../api/index.ts';
import { beginRun, openRunPanel, useEditor } from '../editor/state/index.ts';
import { Badge, Button, EmptyState, formatDuration, IconButton, RunStatusBadge, Tabs, Tooltip } from '../ui/index.ts';
import { DeadLetterCount, DeadLetterList } from '../dead-letters/index.ts';
import { EarlierPayload } from './earlier-payload.tsx';
import { HistoryTab } from './history-tab.tsx';
import { enterFlow, holdRun, releaseRun, showTab, usePanel, type PanelTab } from './panel-state.ts';
import { PayloadBar } from './payload-bar.tsx';
import { PayloadPane } from './payload-pane.tsx';
import { RejectedTab } from './rejected-tab.tsx';
import { TwoPanes } from './run-browser.tsx';
import { isOver } from './shown-run.ts';
import { runTo } from './start-run.ts';
import { ThisRun } from './this-run.tsx';
import './words.ts';

/** Below the canvas: the run it shows, what the next one starts with, past runs, and calls that were turned away. */
export function RunPanel() {
  const flowId = useEditor((state) => state.facts?.id);
  return flowId === undefined ? null : <FlowPanel key={flowId} flowId={flowId} />;
}

function FlowPanel({ flowId }: { flowId: string }) {
  const { t } = useTranslation('run-panel');
  const tab = usePanel((state) => state.tab);
  const runId = useEditor((state) => state.activeRunId);
  const rejections = useRejections(flowId).data?.length ?? 0;
  const newer = useNewerRun(flowId, runId);
  const hasStreams = useEditor(({ document }) => Object.values(document.steps).some((step) => step.kind === 'forEach' && step.source !== undefined));

  useEffect(() => {
    enterFlow(flowId);
    // With the panel closed, the canvas follows calls from outside again.
    return () => usePanel.setState({ held: false });
  }, [flowId]);

  const open = (run: Pick<RunSummary, 'id'>) => {
    beginRun(run.id);
    holdRun();
  };
  const contents: Record<PanelTab, () => ReactNode> = {
    run: () => (runId === null ? <NoRun flowId={flowId} /> : <ThisRun key={runId} runId={runId} flowId={flowId} />),
    history: () => <HistoryTab flowId={flowId} shown={runId} onOpen={open} />,
    letters: () => <FlowLetters flowId={flowId} />,
    rejected: () => <RejectedTab flowId={flowId} />,
  };
  return (
    <div className="@container relative h-full">
      <Tabs<PanelTab>
        label={t('tabs.label')}
        value={tab}
        onChange={showTab}
        tabs={[
          { id: 'run', label: t('tabs.run') },
          { id: 'history', label: t('tabs.history') },
          ...(hasStreams || tab === 'letters'
            ? [{ id: 'letters' as const, label: t('letters.tab'), badge: <DeadLetterCount owner={{ flow: flowId }} /> }]
            : []),
          { id: 'rejected', label: t('tabs.rejected'), ...(rejections > 0 && { badge: <Badge tone="warn">{rejections}</Badge> }) },
        ]}
        className="flex h-full flex-col"
        listClassName="shrink-0 px-3"
        panelClassName="min-h-0 flex-1"
      >
        {contents[tab]()}
      </Tabs>
      <div className="absolute top-1 right-2 flex items-center gap-1">
        {newer !== undefined && (
          <Button size="sm" variant="ghost" onClick={() => open({ id: newer })}>
            {t('newer')}
          </Button>
        )}
        {runId !== null && tab === 'run' && <RunFacts runId={runId} />}
        <IconButton label={t('close')} icon={<X />} onClick={() => openRunPanel(false)} />
      </div>
    </div>
  );
}

/** Failed records of all runs of the flow. */
function FlowLetters({ flowId }: { flowId: string }) {
  const flow = useEditor((state) => state.document);
  return <DeadLetterList owner={{ flow: flowId }} flow={flow} />;
}

/** How the shown run stands, and what can be done with it as a whole. */
function RunFacts({ runId }: { runId: string }) {
  const { t } = useTranslation('run-panel');
  const workspace = useWorkspaceId();
  const { data: run } = useRun(runId);
  const again = useRunAgain();
  if (!run) return null;
  const repeat = () => {
    showTab('run');
    again.mutate(run.id, {
      onSuccess: (started) => {
        releaseRun();
        beginRun(started.runId);
      },
    });
  };
  return (
    <>
      <span className="hidden items-center gap-1 @min-[46rem]:flex">
        <RunStatusBadge status={run.status} />
        <Badge>{run.mode === 'test' ? t('test') : t('version', { number: run.version })}</Badge>
        {run.durationMs !== null && <span className="tabular px-1 text-xs text-subtle">{formatDuration(run.durationMs)}</span>}
      </span>
      {isOver(run) && <IconButton label={t('again')} icon={<RotateCcw />} disabled={again.isPending} onClick={repeat} />}
      <Tooltip text={t('openPage')}>
        <Link
          to="/w/$workspace/runs/$run"
          params={{ workspace, run: run.id }}
          aria-label={t('openPage')}
          className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
        >
          <SquareArrowOutUpRight aria-hidden="true" className="size-4" />
        </Link>
      </Tooltip>
    </>
  );
}

function NoRun({ flowId }: { flowId: string }) {
  const { t } = useTranslation('run-panel');
  const aside = usePanel((state) => state.aside);
  const current = useEditor(({ selection }) => selection.at(-1));
  const title = useEditor(({ document }) => (current === undefined ? undefined : document.steps[current]?.title));
  if (aside !== 'details') {
    return <TwoPanes id="weft.run.panel" left={<PayloadBar runningId={undefined} />} right={aside === 'payload'
      ? <PayloadPane />
      : <EarlierPayload flowId={flowId} />} />;
  }
  return (
    <TwoPanes
      id="weft.run.panel"
      left={<PayloadBar runningId={undefined} />}
      right={
        <div className="overflow-auto">
          <EmptyState
            icon={<Play />}
            title={t('none.title')}
            text={t('none.text')}
            action={
              current !== undefined &&
              title !== undefined && (
                <Button icon={<SkipForward />} onClick={() => void runTo(current)}>
                  {t('none.toStep', { title })}
                </Button>
              )
            }
          />
        </div>
      }
    />
  );
}

/** A run that came in while the person looks into another one. */
function useNewerRun(flowId: string, shown: string | null): string | undefined {
  const held = usePanel((state) => state.held);
  const [newer, setNewer] = useState<string>();
  useLive((event: LiveEvent) => {
    if (event.type === 'run' && event.run.flowId === flowId && event.run.mode === 'live' && event.run.id !== shown) setNewer(event.run.id);
  });
  return held && newer !== shown ? newer : undefined;
}
