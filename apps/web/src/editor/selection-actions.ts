import { copySteps, parseClipboard, type Clipboard } from '@weft/flow';
import i18next from 'i18next';
import { announce, focusStep } from '../canvas/canvas-view.ts';
import { rectsOf } from '../canvas/geometry.ts';
import { duplicate, paste, removeSteps, type Adding } from './commands/index.ts';
import { dispatch, select, useEditor } from './state/index.ts';

export function duplicateSelection(): void {
  const { document: flow, selection } = useEditor.getState();
  add(duplicate(flow, selection));
}

/** The selected steps as text for the system's clipboard; undefined when none is selected. */
export function copiedText(): string | undefined {
  const { document: flow, selection, facts } = useEditor.getState();
  if (selection.length === 0) return undefined;
  announce(i18next.t('editor:copied', { count: selection.length }));
  return JSON.stringify(copySteps(flow, selection, facts?.id), null, 2);
}

export function cutSelection(): void {
  dispatch({ ...removeSteps(useEditor.getState().selection), label: i18next.t('editor:did.cut') });
}

/** Pastes steps from the clipboard's text. @returns false when the text holds none: it is not ours. */
export function pasteText(text: string): boolean {
  const clipboard = clipboardOf(text);
  if (!clipboard) return false;
  const { document: flow, selection, facts } = useEditor.getState();
  const rects = rectsOf(flow);
  const current = selection.at(-1);
  // Into a selected loop, unless it is the one that was copied: that one is wanted once more beside itself.
  const isTarget = current !== undefined && flow.steps[current]?.kind === 'forEach' && !Object.hasOwn(clipboard.steps, current);
  const inside = current === undefined ? undefined : isTarget ? current : flow.steps[current]?.in;
  const below = [...rects].filter(([id]) => flow.steps[id]?.in === inside).map(([, rect]) => rect);
  const left = Math.min(...below.map(({ x }) => x));
  const bottom = Math.max(...below.map(({ y, height }) => y + height));
  const loop = inside === undefined ? undefined : rects.get(inside);
  const at: [number, number] = below.length > 0 ? [left, bottom + 40] : loop ? [loop.x + 72, loop.y + 72] : [0, 0];
  add(paste(flow, clipboard, { at, flowId: facts?.id, inside }));
  return true;
}

function add({ command, stepIds }: Adding): void {
  if (stepIds.length === 0) return;
  dispatch(command);
  select(stepIds);
  const first = stepIds[0];
  if (first !== undefined) focusStep(first);
  announce(i18next.t('editor:pasted', { count: stepIds.length }));
}

/** Anybody may have put the text there: it is checked like an imported flow. */
function clipboardOf(text: string): Clipboard | undefined {
  if (!text.includes('weft.clipboard/')) return undefined;
  try {
    const parsed = parseClipboard(JSON.parse(text));
    return 'clipboard' in parsed ? parsed.clipboard : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
