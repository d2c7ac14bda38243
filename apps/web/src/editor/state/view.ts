import { create } from 'zustand';

/** Which parts of the editor are open. Kept apart from the flow: nothing here is saved or undone. */
interface EditorView {
  side: 'palette' | 'outline';
  /** Where the side has given way to an open step: whether it lies over the canvas. */
  sideShown: boolean;
  runPanel: boolean;
  /** The person wants to decide later about somebody else's edits. */
  conflictLater: boolean;
  dialog: 'publish' | 'published' | 'versions' | 'problems' | 'shortcuts' | 'settings' | 'export' | 'delete' | null;
}

export const useEditorView = create<EditorView>()(() => ({ side: 'palette', sideShown: false, runPanel: false, conflictLater: false, dialog: null }));

export const openDialog = (dialog: EditorView['dialog']): void => useEditorView.setState({ dialog });
export const showSide = (side: EditorView['side']): void => useEditorView.setState({ side, sideShown: true });
export const hideSide = (): void => useEditorView.setState({ sideShown: false });
export const openRunPanel = (runPanel = true): void => useEditorView.setState({ runPanel });
export const decideConflict = (later: boolean): void => useEditorView.setState({ conflictLater: later });
