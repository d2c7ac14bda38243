export type { Command } from './command.ts';
export { stepIdOf, type JournalEntry, type RunStates, type StepRunState } from './run-states.ts';
export {
  beginRun,
  clearRun,
  dispatch,
  openStep,
  recordEntries,
  redo,
  select,
  setConnectors,
  setDocument,
  setFacts,
  showRun,
  undo,
  useEditor,
  type EditorState,
  type FlowFacts,
  type SaveState,
} from './store.ts';
