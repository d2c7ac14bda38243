import type { Logger } from 'pino';
import type { HoldStore } from '../stores/holds/hold-store.ts';
import { cancelQueued, type CancelQueuedParts } from './cancel-queued.ts';

export interface ForgetQueueParts extends CancelQueuedParts {
  holds: Pick<HoldStore, 'isPaused' | 'forget'>;
  log: Logger;
}

/** Of a deleted flow: what waits because it is paused would wait for ever, and must not begin unexpectedly. */
export async function forgetQueue({ holds, log, ...parts }: ForgetQueueParts, workspaceId: string, flowId: string): Promise<void> {
  try {
    if (holds.isPaused(flowId)) await cancelQueued(parts, workspaceId, flowId);
  } catch (error) {
    log.error({ err: error, flowId }, 'the queue of a deleted flow could not be cancelled');
  }
  holds.forget(flowId);
}
