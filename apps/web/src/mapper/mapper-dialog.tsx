import { Dialog as Base } from '@base-ui/react/dialog';
import { inputOf } from '@weft/flow';
import { schemaAt } from '@weft/json-schema';
import { LayoutList, PanelRight, Redo2, Spline, Undo2, WandSparkles, X } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { redo, undo, useEditor, type MapperPlace } from '../editor/state/index.ts';
import { useKeptFocus } from '../inspector/use-kept-focus.ts';
import { Button, cx, IconButton, Segmented, Select, toast } from '../ui/index.ts';
import { ChoiceDialog } from './choice-dialog.tsx';
import { Lines } from './lines.tsx';
import { ListView } from './list-view.tsx';
import { MapperContext, useMapperContext, type MapperContextValue, type PendingChoice } from './mapper-context.ts';
import { findingsOf, modelOf, placeText, problemsByPlace } from './mapper-model.ts';
import { beginMapper, selectTarget, setResultOpen, setView, showSample, useMapper, useMapperView } from './mapper-state.ts';
import { ProposalsDialog } from './proposals-dialog.tsx';
import { ResultPane } from './result-pane.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { dropSource } from './rules/drop-source.ts';
import { equalNames, type Proposal } from './rules/equal-names.ts';
import { each, placedRules, placeKey, samePlace } from './rules/places.ts';
import { SourcePane } from './source-pane.tsx';
import { TablesDialog } from './tables-dialog.tsx';
import { TargetPane } from './target-pane.tsx';
import { mappingLines } from './tree/mapping-lines.ts';
import { sourceRows, type SourceRow } from './tree/source-tree.ts';
import { targetRows, type TargetRow } from './tree/target-tree.ts';
import { opensUnasked } from './tree/way-down.ts';
import { useEditMapping } from './use-mapping.ts';
import { useModel } from './use-model.ts';
import './words.ts';

export interface MapperDialogProps {
  stepId: string;
  /** The target whose value is open at first. Default: none. */
  at?: MapperPlace | undefined;
  onClose: () => void;
}

/** The mapper over the canvas: what there is on the left, what is wanted on the right, lines in between. */
export function MapperDialog({ stepId, at, onClose }: MapperDialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open
      disablePointerDismissal
      onOpenChange={(open, { reason }) => {
        if (open) return;
        // Escape goes back one step at a time: the value that is edited, then the mapper.
        if (reason === 'escape-key' && useMapper.getState().selected !== null) selectTarget(null);
        else onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup ref={popup} initialFocus={popup} className="fixed inset-4 z-40 flex flex-col overflow-hidden rounded-lg border border-line bg-surface shadow-pop outline-none">
          <Mapper key={stepId} stepId={stepId} at={at} popup={popup} onClose={onClose} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function keyOfPlace(stepId: string, at: MapperPlace): string | null {
  if ('target' in at) return placeKey(at.target);
  const step = useEditor.getState().document.steps[stepId];
  const found = placedRules(step && inputOf(step)).find(({ rule }) => rule.id === at.ruleId);
  return found ? placeKey(found.place) : null;
}

const headHeight = 48;

function Mapper({ stepId, at, popup, onClose }: MapperDialogProps & { popup: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('mapper');
  useKeptFocus(popup);
  const flow = useEditor((state) => state.document);
  const catalogue = useEditor((state) => state.catalogue);
  const history = useEditor((state) => state.history);
  const { samples, items, view, selected, resultOpen, toggledSources, toggledTargets } = useMapperView();
  useLayoutEffect(() => {
    beginMapper(stepId);
    if (at) selectTarget(keyOfPlace(stepId, at));
  }, [stepId, at]);
  const [fromSearch, setFromSearch] = useState('');
  const [toSearch, setToSearch] = useState('');
  const [fromTop, setFromTop] = useState(0);
  const [toTop, setToTop] = useState(0);
  const [pending, setPending] = useState<PendingChoice>();
  const [proposals, setProposals] = useState<readonly Proposal[]>();
  const [table, setTable] = useState<{ name: string | null }>();
  const targetScroller = useRef<HTMLDivElement>(null);
  const sourceScroller = useRef<HTMLDivElement>(null);
  const linesElement = useRef<HTMLDivElement>(null);
  const edit = useEditMapping(stepId);

  const model = useModel(stepId, samples);
  // Typing never waits for the preview: it follows a moment later.
  const settled = useDeferredValue(model);
  const findings = useMemo(() => findingsOf(settled), [settled]);
  const byPlace = useMemo(() => problemsByPlace(settled.document, findings.problems), [settled, findings]);
  const lines = useMemo(() => mappingLines(model.document), [model.document]);
  const itemAt = useCallback((ruleId: string) => items[ruleId] ?? 0, [items]);
  const wantedFrom = useDeferredValue(fromSearch);
  const wantedTo = useDeferredValue(toSearch);

  const itemOfList = useCallback(
    (list: readonly string[]) => {
      const loop = lines.find((line) => line.loop && samePlace(line.fromPlace, list));
      return loop ? itemAt(loop.ruleId) : 0;
    },
    [lines, itemAt],
  );
  const sources = useMemo(
    () =>
      sourceRows({
        sources: model.sources,
        scope: model.values,
        search: wantedFrom,
        itemAt: itemOfList,
        isOpen: (line) => (line.depth < 3 && opensUnasked(line)) !== toggledSources.has(placeKey(line.place)),
      }),
    [model.sources, model.values, wantedFrom, itemOfList, toggledSources],
  );
  const targets = useMemo(
    () => targetRows({ target: model.target, document: model.document, search: wantedTo, isOpen: (line) => opensUnasked(line) !== toggledTargets.has(placeKey(line.place)) }),
    [model.target, model.document, wantedTo, toggledTargets],
  );
  const used = useMemo(() => new Set(lines.map(({ from }) => from)), [lines]);

  const proposalsFor = useCallback(
    (within: readonly string[]): Proposal[] => {
      const current = modelOf(useEditor.getState().document, stepId, catalogue, samples);
      return equalNames({
        document: current.document,
        sources: sourceRows({ sources: current.sources, scope: current.values, isOpen: opensUnasked }),
        targets: targetRows({ target: current.target, document: current.document, isOpen: opensUnasked }),
        schemaOf: (row) => schemaOfRow(row, current.sources),
        names: current.names,
        within,
      });
    },
    [stepId, catalogue, samples],
  );

  const join = useCallback(
    (source: SourceRow, target: TargetRow): void => {
      const name = placeText(target.place) || t('wholeResult');
      const outcome = dropSource({ document: model.document, source, target, names: model.names });
      if (outcome.kind === 'needsLoop') {
        toast.info(t('needsLoop', { name: placeText(outcome.list) }));
        return;
      }
      if (outcome.kind === 'choose') {
        setPending({ source, target, choices: outcome.choices });
        return;
      }
      edit(t('undo.map', { name }), () => outcome.document);
      if (outcome.madeLoop && target.kind === 'list') {
        const inside = proposalsFor([...outcome.madeLoop, each]);
        if (inside.length > 0) toast.message(t('loopMade', { count: inside.length, name }), { action: { label: t('review'), onClick: () => setProposals(inside) } });
      }
    },
    [model, edit, t, proposalsFor],
  );

  const context: MapperContextValue = useMemo(
    () => ({ stepId, model, findings, problemsAt: (key) => byPlace.get(key) ?? [], sourceRows: sources, targetRows: targets, edit, join, itemAt }),
    [stepId, model, findings, byPlace, sources, targets, edit, join, itemAt],
  );
  const row = selected === null ? undefined : (targets.find(({ key }) => key === selected) ?? hiddenRow(model, selected));
  const step = flow.steps[stepId];
  const forgotten = selected !== null && row === undefined;
  useEffect(() => {
    // Undo, or another target: a place that is gone is selected no more.
    if (forgotten && useMapper.getState().selected === selected) selectTarget(null);
  }, [forgotten, selected]);

  return (
    <MapperContext value={context}>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4">
        <Base.Title className="one-line text-base font-semibold">{t('title', { step: step?.title ?? '' })}</Base.Title>
        <Segmented
          size="sm"
          label={t('viewAs')}
          value={view}
          onChange={setView}
          options={[
            { value: 'lines', label: t('linesView'), icon: <Spline aria-hidden="true" /> },
            { value: 'list', label: t('listView'), icon: <LayoutList aria-hidden="true" /> },
          ]}
        />
        <Button size="sm" variant="ghost" icon={<WandSparkles />} onClick={() => setProposals(proposalsFor([]))}>
          {t('mapEqualNames')}
        </Button>
        <span className="flex-1" />
        <SampleSelects />
        <IconButton label={t('undoAction')} shortcut="Ctrl+Z" icon={<Undo2 />} disabled={history.past.length === 0} onClick={undo} />
        <IconButton label={t('redoAction')} shortcut="Ctrl+Y" icon={<Redo2 />} disabled={history.future.length === 0} onClick={redo} />
        <IconButton label={resultOpen ? t('hideResult') : t('showResult')} icon={<PanelRight />} active={resultOpen} onClick={() => setResultOpen(!resultOpen)} />
        <Button size="sm" variant="primary" onClick={onClose}>
          {t('done')}
        </Button>
        <IconButton plain label={t('close')} icon={<X />} onClick={onClose} />
      </header>
      <div className={cx('grid min-h-0 flex-1', resultOpen ? 'grid-cols-[minmax(0,1fr)_clamp(15rem,22%,24rem)]' : 'grid-cols-1')}>
        <div className="flex min-h-0 min-w-0 flex-col">
          {view === 'list' ? (
            <ListView />
          ) : (
            <div className="grid min-h-0 flex-1 grid-cols-[minmax(15rem,5fr)_minmax(3.25rem,0.6fr)_minmax(24rem,10fr)]">
              <SourcePane
                search={fromSearch}
                onSearch={setFromSearch}
                used={used}
                onScroll={setFromTop}
                scroller={sourceScroller}
                onChosen={() => targetScroller.current?.focus()}
              />
              <Lines fromTop={fromTop} toTop={toTop} head={headHeight} container={linesElement} />
              <TargetPane
                search={toSearch}
                onSearch={setToSearch}
                onScroll={setToTop}
                scroller={targetScroller}
                onEdit={() => requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-value] :is(button, input, select, textarea):not(:disabled)')?.focus())}
              />
            </div>
          )}
          {row && <RuleEditor key={row.key} row={row} editTable={(name) => setTable({ name })} />}
        </div>
        {resultOpen && <ResultPane />}
      </div>
      {pending && <ChoiceDialog pending={pending} onClose={() => setPending(undefined)} />}
      {proposals && <ProposalsDialog proposals={proposals} onClose={() => setProposals(undefined)} />}
      {table && <TablesDialog name={table.name} onClose={() => setTable(undefined)} />}
      <ChosenSource />
    </MapperContext>
  );
}

/** Says what Enter will do while a source is chosen. */
function ChosenSource() {
  const { t } = useTranslation('mapper');
  const source = useMapper((state) => (state.dragging ? null : state.source));
  return (
    <output className={cx('pointer-events-none absolute bottom-4 left-4 z-50 rounded-md bg-accent px-3 py-1.5 text-sm text-on-accent shadow-pop', source === null && 'sr-only')}>
      {source && t('chosenSource', { name: source.name })}
    </output>
  );
}

/** For every step with several samples: which one is looked at. */
function SampleSelects() {
  const { t } = useTranslation('mapper');
  const flow = useEditor((state) => state.document);
  const samples = useMapper((state) => state.samples);
  const { sources } = useMapperContext().model;
  return sources
    .filter(({ id }) => (flow.steps[id]?.samples?.length ?? 0) > 1)
    .map(({ id, title }) => (
      <Select
        key={id}
        className="w-44"
        size="sm"
        label={t('sampleOf', { step: title })}
        labelHidden
        value={String(samples[id] ?? flow.steps[id]?.pinned ?? 0)}
        onChange={(value) => showSample(id, Number(value))}
        options={(flow.steps[id]?.samples ?? []).map((sample, index) => ({ value: String(index), label: sample.title || t('sampleNumber', { number: index + 1 }) }))}
      />
    ));
}

function schemaOfRow(row: SourceRow, sources: MapperContextValue['model']['sources']) {
  const source = sources.find(({ id }) => id === row.place[0]);
  return (source && schemaAt(source.schema, row.place.slice(1).map((segment) => (segment === each ? '0' : segment)))) ?? {};
}

/** The row of a place that the search hides or a closed parent. */
function hiddenRow(model: MapperContextValue['model'], key: string): TargetRow | undefined {
  return targetRows({ target: model.target, document: model.document, isOpen: ({ place }) => key.startsWith(`${placeKey(place)}\u0000`) }).find((row) => row.key === key);
}
