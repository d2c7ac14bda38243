import type { FlowDocument } from '../document.ts';
import { containersOf, stepGraph, stepOf } from './step-graph.ts';

/**
 * The steps whose outputs a step may read, nearest first: everything on a way to it, and everything on a way to the
 * loops around it. The loops themselves are not among them: inside, their item has a name of its own (`as`).
 */
export function upstreamOf(flow: FlowDocument, stepId: string): string[] {
  if (!stepOf(flow, stepId)) return [];
  const around = containersOf(flow, stepId);
  const hidden = new Set([stepId, ...around]);
  const found = new Set<string>();
  for (const start of [stepId, ...around]) {
    const queue = [start];
    const seen = new Set(queue);
    for (let at = 0; at < queue.length; at++) {
      for (const { from } of stepGraph(flow).incoming.get(queue[at]!) ?? []) {
        if (seen.has(from[0])) continue;
        seen.add(from[0]);
        queue.push(from[0]);
        if (!hidden.has(from[0])) found.add(from[0]);
      }
    }
  }
  return [...found];
}

/** The steps that run after a step in its own container, in no particular order, without the step itself. */
export function downstreamOf(flow: FlowDocument, stepId: string): Set<string> {
  const found = new Set<string>();
  const queue = [stepId];
  for (let at = 0; at < queue.length; at++) {
    for (const { to } of stepGraph(flow).outgoing.get(queue[at]!) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      queue.push(to);
    }
  }
  found.delete(stepId);
  return found;
}
