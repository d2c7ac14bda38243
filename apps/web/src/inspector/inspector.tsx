import { Link } from '@tanstack/react-router';
import { isMapped, targetOf, type Problem } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';
import { X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspaceId } from '../api/index.ts';
import { Setup } from '../step-kinds/setup.tsx';
import { StepIcon } from '../step-kinds/step-icon.tsx';
import { shownTitle } from '../step-kinds/step-title.tsx';
import { renameStep } from '../editor/commands/index.ts';
import { closeMapper, dispatch, openStep, showInspectorTab, tabOfPlace, useEditor, useInspector, type InspectorTab } from '../editor/state/index.ts';
import { shapeOf } from '../mapper/tree/shape.ts';
import { Badge, IconButton, LoadingRegion, Tabs, type Tab } from '../ui/index.ts';
import { firstControl } from './first-control.ts';
import { MapTab } from './map-tab.tsx';
import { OptionsTab } from './options-tab.tsx';
import { StepProblems } from './step-problems.tsx';
import { TestTab } from './test-tab.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useOperation, useProblemAt, useStep, useStepProblems } from './use-step.ts';
import './words.ts';

const MapperDialog = lazy(() => import('../mapper/mapper-dialog.tsx').then((module) => ({ default: module.MapperDialog })));

export interface InspectorProps {
  stepId: string;
}

/** Everything about one step: set it up, map its fields, try it, and say what happens when it fails. */
export function Inspector({ stepId }: InspectorProps) {
  const step = useStep(stepId);
  const mapping = useInspector((state) => state.mapping);
  if (!step) return null;
  return (
    <>
      <Body key={stepId} stepId={stepId} />
      {mapping !== null && (
        <Suspense fallback={<LoadingRegion />}>
          <MapperDialog stepId={mapping.stepId} at={mapping.at} onClose={closeMapper} />
        </Suspense>
      )}
    </>
  );
}

function Body({ stepId }: InspectorProps) {
  const { t } = useTranslation('inspector');
  const step = useStep(stepId);
  const wanted = useInspector((state) => state.tab);
  const workspace = useWorkspaceId();
  const region = useRef<HTMLElement>(null);
  useFocus(region, wanted);
  useKeptFocus(region);
  const readOnly = useEditor((state) => state.readOnly);
  const problems = useStepProblems(stepId);
  const titleProblem = useProblemAt(stepId, 'title');
  const { operation, connector } = useOperation(step ?? { kind: 'stop', title: '' });
  const target = useEditor((state) => targetOf(state.document, stepId, state.catalogue));
  if (!step) return null;
  const isTrigger = step.kind === 'trigger';
  const parts: Tab<InspectorTab>[] = [
    { id: 'setup', label: t('tab.setup') },
    ...(isMapped(step) && (!target || hasFields(target)) ? [{ id: 'map' as const, label: t('tab.map') }] : []),
    ...(operation?.trigger?.strategy === 'schedule' ? [] : [{ id: 'test' as const, label: isTrigger ? t('tab.samples') : t('tab.test') }]),
    ...(isTrigger ? [] : [{ id: 'options' as const, label: t('tab.options') }]),
  ];
  const shownAt = (id: InspectorTab): InspectorTab => (parts.some((part) => part.id === id) ? id : 'setup');
  const problemsOf = (id: InspectorTab): Problem[] => problems.filter((problem) => shownAt(tabOfPlace(step, problem)) === id);
  const tabs = parts.map((part) => ({ ...part, badge: <ProblemCount problems={problemsOf(part.id)} /> }));
  const tab = shownAt(wanted);
  return (
    <section ref={region} aria-label={t('label', { step: shownTitle(step) })} data-inspector className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex shrink-0 items-center gap-2.5 px-4 pt-3">
        <span className="flex size-8 shrink-0 items-center justify-center rounded-md border border-line bg-raised text-fg">
          <StepIcon step={step} />
        </span>
        <div className="min-w-0 flex-1">
          <input
            aria-label={t('title')}
            aria-invalid={titleProblem !== null || undefined}
            value={step.title}
            dir="auto"
            placeholder={shownTitle({ ...step, title: '' })}
            readOnly={readOnly}
            onChange={(event) => dispatch(renameStep(stepId, event.target.value))}
            className="-ml-1 w-full min-w-0 rounded-sm border border-transparent bg-transparent px-1 text-base font-semibold hover:border-line focus:border-transparent focus-visible:-outline-offset-1"
          />
          <p className="one-line text-xs text-subtle" title={operation?.description}>
            {operation && connector ? (
              <>
                <Link
                  to="/w/$workspace/apps/$app"
                  params={{ workspace, app: connector.id }}
                  hash={operation.id}
                  aria-label={t('aboutApp', { app: connector.title })}
                  className="rounded-sm underline decoration-line-strong underline-offset-2 hover:text-fg"
                >
                  {connector.title}
                </Link>
                {` · ${operation.title}`}
              </>
            ) : t(`step-kinds:${step.kind}.kind.line`)}
          </p>
        </div>
        <IconButton label={t('close')} icon={<X />} onClick={() => openStep(null)} />
      </header>
      <Tabs tabs={tabs} value={tab} onChange={showInspectorTab} label={t('parts')} className="flex min-h-0 flex-1 flex-col" listClassName="px-4 pt-1 shrink-0" panelClassName="min-h-0 flex-1 overflow-y-auto">
        <div className="flex min-h-full flex-col gap-5 px-4 py-4">
          <StepProblems problems={problemsOf(tab)} hasFields={tab === 'setup'} />
          {tab === 'setup' && <Setup stepId={stepId} step={step} />}
          {tab === 'map' && isMapped(step) && <MapTab stepId={stepId} step={step} />}
          {tab === 'test' && <TestTab stepId={stepId} step={step} />}
          {tab === 'options' && <OptionsTab stepId={stepId} step={step} />}
        </div>
      </Tabs>
    </section>
  );
}

/** Parts of a step are loaded when they are needed first. */
const latestMs = 2_000;

/** Takes the focus to where it was wished, when that is drawn. */
function useFocus(region: RefObject<HTMLElement | null>, tab: InspectorTab): void {
  const focus = useInspector((state) => state.focus);
  useEffect(() => {
    const root = region.current;
    if (focus === null || !root) return undefined;
    const take = (): boolean => {
      const panel = root.querySelector('[role="tabpanel"]');
      const wanted = panel && (focus === 'error' ? panel.querySelector<HTMLElement>('[aria-invalid="true"]') : firstControl(panel));
      wanted?.focus();
      if (wanted) useInspector.setState({ focus: null });
      return !!wanted;
    };
    if (take()) return undefined;
    const observer = new MutationObserver(() => void take());
    observer.observe(root, { childList: true, subtree: true, attributeFilter: ['aria-invalid'] });
    // By then it is drawn; whoever is elsewhere meanwhile is not called back.
    const over = setTimeout(() => useInspector.setState({ focus: null }), latestMs);
    return () => {
      observer.disconnect();
      clearTimeout(over);
    };
  }, [focus, tab, region]);
}

/** Beside the part of the step that shows them. */
function ProblemCount({ problems }: { problems: readonly Problem[] }) {
  return problems.length > 0 && <Badge tone={problems.some(({ severity }) => severity === 'error') ? 'danger' : 'warn'}>{problems.length}</Badge>;
}

/** Whether there is anything to map onto: reading a file needs no input at all. */
function hasFields(target: JsonSchema): boolean {
  const shape = shapeOf(target, target);
  return shape.kind !== 'object' || shape.fields.length > 0 || shape.extensible;
}
