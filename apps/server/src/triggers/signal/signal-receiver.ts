import type { Engine } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import type { Database } from 'better-sqlite3';
import type { FlowReader } from '../../stores/flows/reader.ts';
import { Refusal } from '../webhook/refusal.ts';
import type { SignalCall } from './signal-address.ts';

export interface SignalReceiver {
  /** Whose rejected calls a refused signal is kept under; null where no such flow is. */
  ownerOf(call: SignalCall): Promise<Pick<SignalCall, 'workspaceId' | 'flowId'> | null>;
  /**
   * Hands the signal on, or keeps it until a run waits for it.
   * @returns false for a repeat, which does nothing.
   * @throws {Refusal} where nothing waits or could ever wait.
   */
  take(call: SignalCall, signal: { method: string; key: string | null; eventId?: string; payload: Json }): Promise<boolean>;
}

export interface SignalReceiverParts {
  database: Database;
  flows: Pick<FlowReader, 'live'>;
  engine: Pick<Engine, 'signal'>;
  now: () => number;
}

const longestKey = 500;

/** Signals from other systems. A run that waits hears its signal even if its flow was switched off or changed meanwhile. */
export function createSignalReceiver({ database, flows, engine, now }: SignalReceiverParts): SignalReceiver {
  const waiter = database.prepare<[workspaceId: string, name: string, key: string], { id: number }>(
    'select id from run_waits where workspace_id = ? and name = ? and key = ? limit 1',
  );
  const flow = database.prepare<[workspaceId: string, flowId: string], { id: string }>('select id from flows where workspace_id = ? and id = ? and deleted_at is null');

  async function mayCome({ workspaceId, flowId, stepId }: SignalCall): Promise<void> {
    const live = await flows.live(workspaceId, flowId);
    const step = live?.document.steps[stepId];
    if (!live) throw new Refusal(404, 'not_published', 'No published flow waits at this address.');
    if (step?.kind !== 'wait' || step.mode !== 'signal') throw new Refusal(404, 'no_wait', `The published flow has no step “${stepId}” that waits for a signal.`);
    if (!live.enabled) throw new Refusal(404, 'switched_off', 'The flow at this address is switched off, and none of its runs waits for this signal.');
  }

  return {
    async ownerOf({ workspaceId, flowId }) {
      return flow.get(workspaceId, flowId) ? { workspaceId, flowId } : null;
    },
    async take(call, { method, key, eventId, payload }) {
      const { workspaceId, flowId, stepId } = call;
      const name = `step:${flowId}/${stepId}`;
      if (method !== 'POST') throw new Refusal(405, 'wrong_method', `A signal is sent with POST, and this call was ${method}.`);
      if (key === null || key === '') throw new Refusal(400, 'no_key', 'The call does not say which run it is for: add ?key= and the key to the address.');
      if (key.length > longestKey) throw new Refusal(400, 'no_key', `The key has ${key.length} characters; at most ${longestKey} are possible.`);
      if (!waiter.get(workspaceId, name, key)) await mayCome(call);
      return engine.signal({ workspaceId, name, key, payload, at: now(), ...(eventId !== undefined && { eventId }) });
    },
  };
}
