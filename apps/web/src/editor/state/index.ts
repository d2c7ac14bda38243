export { flowToTest, mayTryStep, testForReal, useTestQuestion, type TestChoice } from './before-test.ts';
export { closeMapper, enterSettings, openMapper, showInspectorTab, useInspector, type InspectorTab, type MapperPlace } from './inspector-state.ts';
export { openPlace, tabOfPlace, type StepPlace } from './open-place.ts';
export type { Command } from './command.ts';
export { type JournalEntry, type RunStates, type StepRunState } from './run-states.ts';
export {
  beginRun,
  dispatch,
  draftOf,
  leaveVersion,
  nothingToSave,
  openStep,
  recordEntries,
  recordProgress,
  redo,
  select,
  addCallableFlows,
  setCallableFlows,
  setConnectors,
  setDocument,
  setFacts,
  showRun,
  showVersion,
  undo,
  useEditor,
  type ChangeMark,
  type EditorState,
  type FlowFacts,
  type SaveState,
  type Marks,
} from './store.ts';
export { decideConflict, hideSide, openDialog, openRunPanel, showSide, useEditorView } from './view.ts';
