import type { TriggerState } from '@weft/api';
import { ConnectorError } from '@weft/connector-sdk';
import { polledPayload } from '@weft/connector-sdk/author';
import type { Catalogue, FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { redact } from '../../redact/redact.ts';
import { Refused } from '../../refused.ts';
import type { Runner } from '../../runtime/runner.ts';
import type { FlowReader } from '../../stores/flows/reader.ts';
import type { Guard } from '../../watchdog/guard.ts';
import type { Poller } from './poller.ts';
import { pollingOf } from './polling-trigger.ts';

/** What people ask of a trigger that looks for something new. */
export interface PollActions {
  /** Looks now, not when its time comes. @throws {Refused} 404, 409 when the published flow does not look for anything. */
  now(workspaceId: string, flowId: string): Promise<TriggerState>;
  /** A few items as the trigger of a draft would give them, redacted; nothing is started. @throws {Refused} 404, 422 */
  sample(workspaceId: string, flowId: string, draft: FlowDocument, signal: AbortSignal): Promise<{ outputs: Json[] }>;
}

export interface PollActionsParts {
  flows: Pick<FlowReader, 'get'>;
  catalogue: Catalogue;
  runner: Pick<Runner, 'poll'>;
  poller: Pick<Poller, 'pollNow'>;
  guard: Guard;
  stateOf(workspaceId: string, flowId: string): Promise<TriggerState | null>;
}

const sampleItems = 5;
const sampleTimeoutMs = 30_000;

export function createPollActions({ flows, catalogue, runner, poller, guard, stateOf }: PollActionsParts): PollActions {
  return {
    async now(workspaceId, flowId) {
      const { id } = await flows.get(workspaceId, flowId);
      await poller.pollNow(id);
      const state = await stateOf(workspaceId, id);
      if (state?.kind !== 'polling') throw new Refused(409, 'poll.no_source', 'The published flow does not look for anything new.');
      if (!state.active) throw new Refused(409, 'flow.switched_off', 'This flow is switched off. Switch it on to look for something new.');
      return state;
    },

    async sample(workspaceId, flowId, draft, signal) {
      await flows.get(workspaceId, flowId);
      const trigger = pollingOf(draft, catalogue);
      if (!trigger) throw new Refused(422, 'poll.no_source', 'This flow does not look for anything new. Choose a trigger that does.');
      const { use, connection, config } = trigger;
      try {
        const request = { cursor: null, baseline: false, limit: sampleItems };
        const within = AbortSignal.any([signal, AbortSignal.timeout(sampleTimeoutMs)]);
        const here = { kind: 'sample', workspaceId, subject: flowId, state: [use, connection, config], by: 'person' } as const;
        const { items } = await guard.during(here, () => runner.poll({ workspaceId, use, connection, config, signal: within, request }));
        const polledAt = new Date().toISOString();
        const parts = trigger.deliver === 'batch' ? (items.length === 0 ? [] : [items]) : items.map((item) => [item]);
        return { outputs: parts.map((part) => redact(polledPayload(part, trigger.deliver, polledAt))) };
      } catch (error) {
        if (error instanceof ConnectorError) throw new Refused(422, 'poll.failed', error.message, { cause: error });
        throw error;
      }
    },
  };
}
