import { triggerOf } from '@weft/flow';
import { useReactFlow } from '@xyflow/react';
import { useEffect, useEffectEvent } from 'react';
import { focusStep, openQuickAdd, useCanvasView } from '../canvas/canvas-view.ts';
import { beginConnecting, connectKey } from '../canvas/connect-mode.ts';
import { grid } from '../canvas/geometry.ts';
import { noteIdOf } from '../canvas/graph.ts';
import { neighbour, type Direction } from '../canvas/neighbour.ts';
import { firstStep } from '../canvas/step-state.ts';
import { useFit } from '../canvas/use-fit.ts';
import { moveSteps, removeNotes, removeSteps } from './commands/index.ts';
import { saveNow } from './autosave.ts';
import { duplicateSelection } from './selection-actions.ts';
import { dispatch, enterSettings, openDialog, openStep, redo, select, undo, useEditor } from './state/index.ts';
import { startTestRun } from './test-run.ts';

const arrows: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** Every shortcut of the editor, in one place. Text fields keep their own keys; dialogs and menus keep all of theirs. */
export function useEditorKeys(): void {
  const { zoomIn, zoomOut, getNodes } = useReactFlow();
  const fit = useFit();

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest('dialog, [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) return;
    takeFocused(target, event.key);
    if (event.ctrlKey || event.metaKey ? withControl(event, target) : plain(event, target)) event.preventDefault();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  function withControl(event: KeyboardEvent, target: Element): boolean {
    const key = event.key.toLowerCase();
    if (key === 's') return does(saveNow());
    if (key === 'enter') return does(startTestRun());
    if (isTyping(target)) return false;
    if (key === 'z') return does(event.shiftKey ? redo() : undo());
    if (key === 'y') return does(redo());
    if (!isOnCanvas(target)) return false;
    if (key === 'a') return does(select(Object.keys(useEditor.getState().document.steps)));
    if (key === 'd') return does(duplicateSelection());
    return false;
  }

  function plain(event: KeyboardEvent, target: Element): boolean {
    if (event.key === 'Escape' && target.closest('[data-inspector]')) return backToStep();
    if (isTyping(target)) return false;
    if (event.key === '?') return does(openDialog('shortcuts'));
    if (!isOnCanvas(target)) return false;
    if (connectKey(event.key)) return true;
    const direction = arrows[event.key];
    if (direction) return does(event.altKey ? nudge(direction, event.shiftKey) : walk(direction));
    const current = useEditor.getState().selection.at(-1);
    switch (event.key) {
      case 'Enter':
      case ' ':
        return target instanceof HTMLButtonElement || current === undefined ? false : does(openStep(current), enterSettings());
      case 'Escape':
        return does(leave());
      case 'Delete':
      case 'Backspace':
        return does(removeSelected(getNodes().filter((node) => node.selected === true).flatMap((node) => noteIdOf(node.id) ?? [])));
      case 'c':
      case 'C':
        return current === undefined ? false : does(beginConnecting(current));
      case 'a':
      case 'A':
        return does(addAfter(current));
      case '+':
      case '=':
        return does(zoomIn());
      case '-':
        return does(zoomOut());
      case '0':
        return does(fit());
      default:
        return false;
    }
  }
}

/** The key was taken, whatever came of it. */
const does = (..._done: unknown[]): true => true;

/** The canvas, the outline, and the page when nothing has the focus. */
const isOnCanvas = (target: Element): boolean => target === document.body || target.closest('.weft-canvas, [data-outline]') !== null;

const isTyping = (target: Element): boolean => target.closest('input, textarea, select, [contenteditable="true"]') !== null;

/** Whoever came to a step with the Tab key means that step: it is selected with the first key that does something. */
function takeFocused(target: Element, key: string): void {
  const stepId = target instanceof HTMLElement ? target.dataset['step'] : undefined;
  if (stepId === undefined || key === 'Tab' || key === 'Escape' || useEditor.getState().selection.length > 0) return;
  select([stepId]);
}

function walk(direction: Direction): void {
  const { document: flow, selection } = useEditor.getState();
  const current = selection.at(-1);
  const next = current === undefined ? firstStep(flow) : neighbour(flow, current, direction);
  if (next === undefined) return;
  select([next]);
  focusStep(next);
}

function nudge(direction: Direction, far: boolean): void {
  const { selection } = useEditor.getState();
  const by = far ? grid * 5 : grid;
  const [dx, dy] = { left: [-by, 0], right: [by, 0], up: [0, -by], down: [0, by] }[direction] as [number, number];
  dispatch(moveSteps(selection, [dx, dy], { merge: selection.join() }));
}

/** From its settings to the step on the canvas; it stays open. */
function backToStep(): boolean {
  const { openStep: stepId } = useEditor.getState();
  if (stepId !== null) focusStep(stepId);
  return stepId !== null;
}

/** Escape, from the innermost: the list of steps, the open step, the selection. */
function leave(): void {
  if (useCanvasView.getState().quickAdd) openQuickAdd(null);
  else if (useEditor.getState().openStep !== null) openStep(null);
  else select([]);
}

/** The focus goes to what was before the removed steps, so one can go on by keyboard. */
function removeSelected(notes: readonly string[]): void {
  const { document: flow, selection } = useEditor.getState();
  const first = selection[0];
  const before = first === undefined ? undefined : neighbour(flow, first, 'left');
  if (notes.length > 0) dispatch(removeNotes(notes));
  if (selection.length > 0) dispatch(removeSteps(selection));
  if (before !== undefined && before in useEditor.getState().document.steps) {
    select([before]);
    focusStep(before);
  }
}

function addAfter(stepId: string | undefined): void {
  const { document: flow } = useEditor.getState();
  const element = document.querySelector(`[data-step="${CSS.escape(stepId ?? '')}"]`) ?? document.querySelector('.weft-canvas');
  const { right, top } = element?.getBoundingClientRect() ?? { right: 0, top: 0 };
  const isFirst = triggerOf(flow) === undefined;
  if (isFirst) openQuickAdd({ where: {}, offer: 'triggers', x: right / 2, y: top + 80 });
  else openQuickAdd({ where: undefined, offer: 'steps', x: right + 8, y: top });
}
