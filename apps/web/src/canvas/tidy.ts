import { arrange } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';
import { wishToFit } from './canvas-view.ts';

/** Puts all steps in order and shows them. What knows how is loaded when it is first asked for. */
export async function tidy(): Promise<void> {
  const { autoLayout } = await import('./auto-layout.ts');
  dispatch(arrange(autoLayout(useEditor.getState().document)));
  wishToFit();
}
