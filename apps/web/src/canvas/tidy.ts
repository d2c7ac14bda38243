import { arrange } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';

/** Puts all steps in order. What knows how is loaded when it is first asked for. */
export async function tidy(): Promise<void> {
  const { autoLayout } = await import('./auto-layout.ts');
  dispatch(arrange(autoLayout(useEditor.getState().document)));
}
