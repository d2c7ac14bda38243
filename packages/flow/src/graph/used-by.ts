import type { OperationRef, Step } from '../document.ts';

/** An operation that a step uses, and where in the step it stands. */
export interface UsedOperation {
  use: OperationRef;
  connection?: string;
  path: string[];
}

/** What a step calls or reads: its own operation, or the source of a loop over a stream. */
export function usedBy(step: Step): UsedOperation[] {
  if (step.kind === 'trigger' || step.kind === 'action') return [used(step, [])];
  return step.kind === 'forEach' && step.source ? [used(step.source, ['source'])] : [];
}

const used = ({ use, connection }: { use: OperationRef; connection?: string }, path: string[]): UsedOperation => ({ use, ...(connection !== undefined && { connection }), path });
