import type { FlowDocument } from '../document.ts';
import { stepGraph } from './step-graph.ts';

/** Whether something follows at this port of the step. */
export const hasWayOut = (flow: FlowDocument, stepId: string, port: string): boolean =>
  stepGraph(flow).outgoing.get(stepId)?.some(({ from }) => from[1] === port) ?? false;
