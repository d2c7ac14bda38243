import { catalogueOf, emptyFlow, type CallableFlow, type Catalogue, type FlowDocument, type Problem } from '@weft/flow';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import type { FlowDetail } from '@weft/api';
import { create } from 'zustand';
import type { Command } from './command.ts';
import { emptyHistory, perform, stepBack, stepForward, type History } from './history.ts';
import { foldEntries, foldProgress, type JournalEntry, type Progress, type RunStates } from './run-states.ts';

/**
 * `unsaved` waits for a pause in typing, `offline` for the network, `refused` for an edit that mends what the server did not
 * take, `conflict` for the person's decision.
 */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'refused' | 'conflict';

/** What became of something since an old version. */
export type ChangeMark = 'added' | 'changed' | 'removed';

/** By step id, and by the id of a connection on the canvas. */
export interface Marks {
  steps: Readonly<Record<string, ChangeMark>>;
  edges: Readonly<Record<string, ChangeMark>>;
}

/** The flow without its document: what publishing and switching on change. */
export type FlowFacts = Omit<FlowDetail, 'draft' | 'revision'>;

export interface EditorState {
  /** Id of the workspace the flow belongs to. */
  workspace: string;
  /** The flow as the server knows it; undefined until it is loaded. */
  facts: FlowFacts | undefined;
  document: FlowDocument;
  /** The draft's revision the edits are based on, for If-Match. */
  revision: number;
  saveState: SaveState;
  /** Why the server does not take the draft as it is, for the person; while `saveState` is `refused`. */
  refusal: string | undefined;
  /** Saves at once what waits. @returns true when everything is on the server. */
  flush(): Promise<boolean>;
  /** Somebody else's draft, while `saveState` is `conflict`. */
  theirs: FlowDetail | undefined;
  history: History;
  /** Ids of the selected steps, in the order of selecting. Never recorded for undo. */
  selection: readonly string[];
  /** The step the inspector shows. */
  openStep: string | null;
  connectors: readonly ConnectorDescriptor[];
  catalogue: Catalogue;
  /** Of the whole flow; a moment behind while typing. */
  problems: readonly Problem[];
  /** Of the run shown on the canvas, by step id. */
  runStates: RunStates;
  activeRunId: string | null;
  /** True while `shelved` is set: nothing can be changed. */
  readOnly: boolean;
  /** The draft, put aside while an old version is on the canvas; `marks` says what has changed since. */
  shelved: { document: FlowDocument; title: string; marks: Marks } | undefined;
  dispatch(command: Command): void;
  undo(): void;
  redo(): void;
}

/** While no flow is open. */
export const nothingToSave = (): Promise<boolean> => Promise.resolve(true);

/** One slice of the editor; name the narrowest, so a component renders only when it changes. */
export const useEditor = create<EditorState>()((set) => ({
  facts: undefined,
  document: emptyFlow(''),
  revision: 0,
  saveState: 'saved',
  refusal: undefined,
  flush: nothingToSave,
  theirs: undefined,
  history: emptyHistory,
  selection: [],
  openStep: null,
  connectors: [],
  catalogue: catalogueOf([]),
  problems: [],
  runStates: {},
  activeRunId: null,
  readOnly: false,
  shelved: undefined,
  workspace: '',
  dispatch: (command) => set((state) => (state.readOnly ? state : moved(state, perform(state, command)))),
  undo: () => set((state) => (state.readOnly ? state : moved(state, stepBack(state)))),
  redo: () => set((state) => (state.readOnly ? state : moved(state, stepForward(state)))),
}));

/** Changes the flow; see Command. */
export const dispatch = (command: Command): void => useEditor.getState().dispatch(command);
export const undo = (): void => useEditor.getState().undo();
export const redo = (): void => useEditor.getState().redo();

/** Selects exactly these steps; ids without a step are left out. */
export function select(ids: readonly string[]): void {
  useEditor.setState((state) => {
    const next = ids.filter((id) => id in state.document.steps);
    return sameIds(next, state.selection) ? state : { selection: next };
  });
}

/** Opens a step in the inspector and selects it; null closes the inspector. */
export function openStep(id: string | null): void {
  useEditor.setState((state) => {
    if (id === null) return { openStep: null };
    if (!(id in state.document.steps)) return state;
    return { openStep: id, selection: sameIds(state.selection, [id]) ? state.selection : [id] };
  });
}

/** Shows a flow from the server: another one, or the same at a new state. History starts anew. */
export function setDocument(detail: FlowDetail): void {
  const { draft, revision, ...facts } = detail;
  useEditor.setState((state) => {
    const same = state.facts?.id === detail.id;
    const keep = (id: string) => same && id in draft.steps;
    return {
      facts,
      document: draft,
      revision,
      saveState: 'saved',
      theirs: undefined,
      history: emptyHistory,
      selection: state.selection.filter(keep),
      openStep: state.openStep !== null && keep(state.openStep) ? state.openStep : null,
      readOnly: false,
      shelved: undefined,
      ...(!same && { runStates: {}, activeRunId: null, problems: [] }),
    };
  });
}

/** What the server says about the flow, while the edits stay as they are. */
export function setFacts(detail: FlowDetail): void {
  const { draft: _draft, revision, ...facts } = detail;
  useEditor.setState({ facts, revision });
}

export function setConnectors(connectors: readonly ConnectorDescriptor[]): void {
  useEditor.setState({ connectors, catalogue: catalogueOf(connectors) });
}

/** The flows that steps may call; until they are known nothing is said about them. */
export function setCallableFlows(flows: readonly CallableFlow[]): void {
  useEditor.setState(({ connectors }) => ({ catalogue: catalogueOf(connectors, flows) }));
}

/** Further ones, about to be called: nobody is told for a moment that they do not exist. */
export function addCallableFlows(flows: readonly CallableFlow[]): void {
  const byId = new Map(flows.map((flow) => [flow.id, flow]));
  useEditor.setState(({ catalogue }) => ({ catalogue: { ...catalogue, flow: (flowId) => byId.get(flowId) ?? catalogue.flow?.(flowId) } }));
}

/** Puts the draft aside and shows an old version instead. */
export function showVersion(version: FlowDocument, title: string, marks: Marks): void {
  useEditor.setState((state) => ({
    shelved: { document: draftOf(state), title, marks },
    document: version,
    readOnly: true,
    selection: [],
    openStep: null,
    activeRunId: null,
    runStates: {},
  }));
}

/** Back from an old version to the draft. */
export function leaveVersion(): void {
  useEditor.setState(({ shelved, document }) => ({
    document: shelved?.document ?? document,
    shelved: undefined,
    readOnly: false,
    selection: [],
    openStep: null,
  }));
}

/** The draft, also while an old version is on the canvas. */
export const draftOf = ({ shelved, document }: Pick<EditorState, 'shelved' | 'document'>): FlowDocument => shelved?.document ?? document;

/** From now on the canvas shows this run; states of the former one are gone. */
export function beginRun(runId: string): void {
  useEditor.setState((state) => (state.activeRunId === runId ? state : { activeRunId: runId, runStates: {} }));
}

/** Adds facts about a run; those of a run that is not shown are ignored. */
export function recordEntries(runId: string, entries: readonly JournalEntry[]): void {
  useEditor.setState((state) =>
    state.activeRunId === runId ? { runStates: foldEntries(state.runStates, entries) } : state,
  );
}

/** Shows a run from the beginning: all that is known of it replaces what was shown. */
export function showRun(runId: string, { entries, progress = [] }: { entries: readonly JournalEntry[]; progress?: readonly Progress[] }): void {
  useEditor.setState({ activeRunId: runId, runStates: progress.reduce(foldProgress, foldEntries({}, entries)) });
}

/** How far a loop over a stream is. */
export function recordProgress(runId: string, progress: Progress): void {
  useEditor.setState((state) => (state.activeRunId === runId ? { runStates: foldProgress(state.runStates, progress) } : state));
}

type Moment = Pick<EditorState, 'document' | 'history'>;

function moved(state: EditorState, moment: Moment): Partial<EditorState> | EditorState {
  if (moment.document === state.document) return state;
  const { steps } = moment.document;
  const gone = state.selection.some((id) => !(id in steps));
  return {
    ...moment,
    ...(state.saveState === 'saved' && { saveState: 'unsaved' as const }),
    ...(gone && { selection: state.selection.filter((id) => id in steps) }),
    ...(state.openStep !== null && !(state.openStep in steps) && { openStep: null }),
  };
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);
