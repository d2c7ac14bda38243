import { portsOf, stepGraph, stepOrder, whyNotConnect } from '@weft/flow';
import i18next from 'i18next';
import { connect } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';
import { announce, focusStep, useCanvasView } from './canvas-view.ts';
import { neighbour, type Direction } from './neighbour.ts';

/** Joining steps by keyboard: C begins at the selected step, arrows choose the other one, Enter joins, Escape leaves. */
export function beginConnecting(stepId: string): void {
  const { document: flow, readOnly } = useEditor.getState();
  const step = flow.steps[stepId];
  if (!step || readOnly) return;
  const joined = new Set(stepGraph(flow).outgoing.get(stepId)?.map(({ from }) => from[1]));
  const ports = portsOf(step);
  const port = ports.find(({ id }) => !joined.has(id)) ?? ports[0];
  const targets = port ? stepOrder(flow).filter((id) => whyNotConnect(flow, [stepId, port.id], id) === undefined) : [];
  if (!port || targets.length === 0) {
    announce(i18next.t('canvas:connecting.none', { from: step.title }));
    return;
  }
  // The step that is drawn next is the likeliest.
  const guess = neighbour(flow, stepId, 'right') ?? '';
  choose({ from: [stepId, port.id], targets, at: Math.max(0, targets.indexOf(guess)) });
}

/** What a key does while joining. @returns true when the key was taken. */
export function connectKey(key: string): boolean {
  const { connecting } = useCanvasView.getState();
  if (!connecting) return false;
  const target = connecting.targets[connecting.at];
  const direction = arrows.get(key);
  if (key === 'Enter' && target !== undefined) {
    dispatch(connect({ from: connecting.from, to: target }));
    announce(i18next.t('canvas:connecting.done', { to: titleOf(target) }));
    useCanvasView.setState({ connecting: null });
  } else if (key === 'Escape') {
    announce('');
    useCanvasView.setState({ connecting: null });
    focusStep(connecting.from[0]);
  } else if (key === 'Tab' || key === 'c' || key === 'C') {
    choose({ ...connecting, at: (connecting.at + 1) % connecting.targets.length });
  } else if (target !== undefined && direction !== undefined) {
    choose({ ...connecting, at: towards(connecting.targets, connecting.at, target, direction) });
  } else {
    return false;
  }
  return true;
}

const arrows = new Map<string, Direction>([['ArrowLeft', 'left'], ['ArrowRight', 'right'], ['ArrowUp', 'up'], ['ArrowDown', 'down']]);

/** The next possible step in that direction on the canvas; without one there, the next in the list. */
function towards(targets: readonly string[], at: number, target: string, direction: Direction): number {
  const { document: flow } = useEditor.getState();
  const seen = new Set([target]);
  for (let next = neighbour(flow, target, direction); next !== undefined && !seen.has(next); next = neighbour(flow, next, direction)) {
    if (targets.includes(next)) return targets.indexOf(next);
    seen.add(next);
  }
  const by = direction === 'right' || direction === 'down' ? 1 : -1;
  return (at + by + targets.length) % targets.length;
}

function choose(connecting: NonNullable<ReturnType<typeof useCanvasView.getState>['connecting']>): void {
  useCanvasView.setState({ connecting });
  announce(i18next.t('canvas:connecting.hint', { from: titleOf(connecting.from[0]), to: titleOf(connecting.targets[connecting.at] ?? '') }));
}

const titleOf = (stepId: string): string => useEditor.getState().document.steps[stepId]?.title ?? '';
