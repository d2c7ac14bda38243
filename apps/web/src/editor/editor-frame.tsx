import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { Canvas } from '../canvas/canvas.tsx';
import { QuickAdd } from '../palette/quick-add.tsx';
import { useMedia } from '../ui/index.ts';
import { EditorDialogs } from './editor-dialogs.tsx';
import { focusFlow } from './focus-flow.ts';
import { PanelBoundary } from './panel-boundary.tsx';
import { RefusalBar } from './refusal-bar.tsx';
import { Side } from './side.tsx';
import { SideRail } from './side-rail.tsx';
import { hideSide, useEditor, useEditorView } from './state/index.ts';
import { TopBar } from './top-bar.tsx';
import { useClipboard } from './use-clipboard.ts';
import { useEditorCommands } from './use-editor-commands.tsx';
import { useEditorKeys } from './use-editor-keys.ts';
import { useLiveRuns } from './use-live-runs.ts';
import { useFlowsItCalls } from './use-flows-it-calls.ts';
import { useProblems } from './use-problems.ts';

const Inspector = lazy(async () => ({ default: (await import('../inspector/inspector.tsx')).Inspector }));
const RunPanel = lazy(async () => ({ default: (await import('../run-panel/run-panel.tsx')).RunPanel }));
const VersionBar = lazy(async () => ({ default: (await import('./version-bar.tsx')).VersionBar }));

/**
 * Palette or outline, canvas, the open step, and the run below; every border can be moved and is remembered. In a narrow window the open step
 * takes the palette's place.
 */
export function EditorFrame({ flowId }: { flowId: string }) {
  useProblems();
  useFlowsItCalls();
  useClipboard();
  useEditorKeys();
  useEditorCommands();
  useLiveRuns(flowId);
  useFocusOnArrival();
  const isComparing = useEditor((state) => state.shelved !== undefined);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TopBar flowId={flowId} />
      <RefusalBar />
      <Suspense>{isComparing && <VersionBar flowId={flowId} />}</Suspense>
      <main tabIndex={-1} className="flex min-h-0 flex-1 outline-none">
        <Columns />
      </main>
      <QuickAdd />
      <EditorDialogs flowId={flowId} />
    </div>
  );
}

/** What was pressed to come here is gone, and the focus with it. Whoever loads the page has none yet. */
function useFocusOnArrival(): void {
  useEffect(() => {
    if (!navigator.userActivation.hasBeenActive) return undefined;
    const drawn = requestAnimationFrame(() => document.activeElement === document.body && focusFlow());
    return () => cancelAnimationFrame(drawn);
  }, []);
}

function Columns() {
  const { t } = useTranslation('editor');
  const open = useEditor((state) => state.openStep);
  // Steps, canvas and an open step side by side would leave the canvas no room for four steps.
  const isRail = useMedia('(max-width: 1439px)') && open !== null;
  const panelIds = [...(isRail ? [] : ['side']), 'main', ...(open === null ? [] : ['inspector'])];
  const layout = useDefaultLayout({ id: 'weft.editor.columns', panelIds, storage: localStorage });
  return (
    <>
      {isRail && <SideRail />}
      <Group {...layout} className="h-full min-w-0 flex-1" orientation="horizontal">
        {!isRail && (
          <>
            <Panel id="side" defaultSize={248} minSize={200} maxSize={400} groupResizeBehavior="preserve-pixel-size">
              <Side />
            </Panel>
            <Separator aria-label={`${t('panels.resize')}: ${t('panels.palette')}`} className={columnBorder} />
          </>
        )}
        <Panel id="main" minSize={320}>
          <Rows />
        </Panel>
        {open !== null && (
          <>
            <Separator aria-label={`${t('panels.resize')}: ${t('panels.inspector')}`} className={columnBorder} />
            <Panel id="inspector" defaultSize={400} minSize={320} maxSize={720} groupResizeBehavior="preserve-pixel-size">
              <section aria-label={t('panels.inspector')} className="h-full overflow-hidden bg-surface">
                <PanelBoundary key={open}>
                  <Inspector stepId={open} />
                </PanelBoundary>
              </section>
            </Panel>
          </>
        )}
      </Group>
    </>
  );
}

function Rows() {
  const { t } = useTranslation('editor');
  const runPanel = useEditorView((state) => state.runPanel);
  const layout = useDefaultLayout({ id: 'weft.editor.rows', panelIds: runPanel ? ['canvas', 'run'] : ['canvas'], storage: localStorage });
  return (
    <Group {...layout} className="h-full" orientation="vertical">
      <Panel id="canvas" minSize={160}>
        <section aria-label={t('panels.canvas')} onPointerDownCapture={hideSide} className="h-full">
          <Canvas />
        </section>
      </Panel>
      {runPanel && (
        <>
          <Separator aria-label={`${t('panels.resize')}: ${t('panels.run')}`} className={rowBorder} />
          <Panel id="run" defaultSize={280} minSize={140} groupResizeBehavior="preserve-pixel-size">
            <section aria-label={t('panels.run')} className="h-full overflow-hidden bg-surface">
              <PanelBoundary>
                <RunPanel />
              </PanelBoundary>
            </section>
          </Panel>
        </>
      )}
    </Group>
  );
}

const columnBorder =
  'relative w-px bg-line outline-none before:absolute before:inset-y-0 before:-inset-x-1 before:z-10 hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent';
const rowBorder =
  'relative h-px bg-line outline-none before:absolute before:inset-x-0 before:-inset-y-1 before:z-10 hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent';
