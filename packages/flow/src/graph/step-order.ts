import type { FlowDocument } from '../document.ts';
import { besideGraph, stepGraph, stepOf } from './step-graph.ts';

/**
 * All steps as they are read: the trigger first, every step after those before it, the inside of a loop right after the
 * loop. Ties keep the order of the document; steps on a cycle come last.
 */
export function stepOrder(flow: FlowDocument): readonly string[] {
  return orders(flow, '');
}

const orders = besideGraph<readonly string[]>((flow) => makeOrder(flow));

function makeOrder(flow: FlowDocument): string[] {
  const order: string[] = [];
  const placed = new Set<string>();
  const place = (stepId: string): void => {
    if (placed.has(stepId)) return;
    placed.add(stepId);
    order.push(stepId);
    if (stepOf(flow, stepId)?.kind === 'forEach') orderInside(stepId);
  };
  const orderInside = (container: string | undefined): void => {
    for (const stepId of orderSiblings(flow, container)) place(stepId);
  };
  orderInside(undefined);
  for (const stepId of Object.keys(flow.steps)) place(stepId);
  return order;
}

/** The steps of one container (undefined: the flow itself) in running order; those on a cycle come last. */
export function orderSiblings(flow: FlowDocument, container: string | undefined): string[] {
  const graph = stepGraph(flow);
  const siblings = graph.inside.get(container) ?? [];
  const members = new Set(siblings);
  const waitingFor = new Map<string, number>();
  for (const stepId of siblings) {
    waitingFor.set(stepId, (graph.incoming.get(stepId) ?? []).filter(({ from }) => members.has(from[0])).length);
  }
  const ready = siblings.filter((stepId) => waitingFor.get(stepId) === 0);
  const triggers = ready.filter((stepId) => flow.steps[stepId]?.kind === 'trigger');
  const queue = [...triggers, ...ready.filter((stepId) => !triggers.includes(stepId))];
  for (let at = 0; at < queue.length; at++) {
    for (const { to } of graph.outgoing.get(queue[at]!) ?? []) {
      if (!members.has(to)) continue;
      const left = waitingFor.get(to)! - 1;
      waitingFor.set(to, left);
      if (left === 0) queue.push(to);
    }
  }
  const ordered = new Set(queue);
  return [...queue, ...siblings.filter((stepId) => !ordered.has(stepId))];
}
