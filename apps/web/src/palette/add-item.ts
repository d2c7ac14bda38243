import { goesOnByItself, portsOf, stepGraph, stepOrder, triggerOf, type FlowDocument } from '@weft/flow';
import i18next from 'i18next';
import { announce, focusStep } from '../canvas/canvas-view.ts';
import { addStep, replaceTrigger, type Where } from '../editor/commands/index.ts';
import { dispatch, openStep, showInspectorTab, useEditor } from '../editor/state/index.ts';
import { newStep, type PaletteItem } from './items.ts';
import { rememberUse } from './recent.ts';

/**
 * Adds a step and opens it. Without a place it goes after the selected step, else after the last one. A trigger takes the
 * place of the one that is there.
 */
export function addItem(item: PaletteItem, where?: Where): void {
  const { document: flow, selection } = useEditor.getState();
  const { id, step } = newStep(flow, item);
  rememberUse(item.id);
  const trigger = triggerOf(flow)?.stepId;
  if (step.kind === 'trigger' && trigger !== undefined) {
    dispatch(replaceTrigger(trigger, step));
    openStep(trigger);
    showInspectorTab('setup');
    focusStep(trigger);
    return;
  }
  if (step.kind === 'trigger') dispatch(addStep(id, step, where && 'at' in where && where.at ? { at: where.at } : {}));
  else dispatch(addStep(id, step, where ?? placeFor(flow, selection.at(-1))));
  openStep(id);
  // What it needs stands there, whichever part of the step before was looked at.
  showInspectorTab('setup');
  focusStep(id);
  announce(i18next.t('editor:added', { title: step.title }));
}

/** After the selected step, else at the end of the chain the flow begins with. */
function placeFor(flow: FlowDocument, selected: string | undefined): Where {
  const anchor = selected ?? lastOfChain(flow);
  const step = anchor === undefined ? undefined : flow.steps[anchor];
  if (anchor === undefined || !step) return {};
  // A loop that was just added has its steps yet to come: behind an empty one nothing happens for its items.
  if (step.kind === 'forEach' && (stepGraph(flow).inside.get(anchor)?.length ?? 0) === 0) return { inside: anchor };
  const joined = new Set(stepGraph(flow).outgoing.get(anchor)?.map(({ from }) => from[1]));
  const ports = portsOf(step);
  const port = goesOnByItself(step) ? ports[0] : (ports.find(({ id }) => !joined.has(id)) ?? ports[0]);
  return port ? { after: [anchor, port.id] } : step.in === undefined ? {} : { inside: step.in };
}

function lastOfChain(flow: FlowDocument): string | undefined {
  let at = triggerOf(flow)?.stepId ?? stepOrder(flow)[0];
  const seen = new Set<string>();
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const next: string | undefined = stepGraph(flow).outgoing.get(at)?.[0]?.to;
    if (next === undefined) return at;
    at = next;
  }
  return at;
}
