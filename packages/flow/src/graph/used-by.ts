import type { OperationRef, Step } from '../document.ts';

/** An operation that a step uses, and where in the step it stands. */
export interface UsedOperation {
  use: OperationRef;
  connection?: string;
  path: string[];
}

/** What a step calls, reads or hears: its own operation, the source of a loop over a stream, or the sender of a signal. */
export function usedBy(step: Step): UsedOperation[] {
  if (step.kind === 'trigger' || step.kind === 'action') return [used(step, [])];
  if (step.kind === 'forEach' && step.source) return [used(step.source, ['source'])];
  // What stands there for another kind of wait is not used.
  return step.kind === 'wait' && step.mode === 'signal' && step.sender ? [used(step.sender, ['sender'])] : [];
}

const used = ({ use, connection }: { use: OperationRef; connection?: string }, path: string[]): UsedOperation => ({ use, ...(connection !== undefined && { connection }), path });
