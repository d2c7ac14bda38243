import type { CallPlace } from '@weft/connector-sdk';
import { webhookSettings } from '@weft/connector-sdk/author';
import type { Catalogue } from '@weft/flow';
import { z } from 'zod';
import type { FlowReader, LiveVersion } from '../../stores/flows/reader.ts';
import { triggerBy } from '../flow-trigger.ts';
import { callFilter, type IsWanted } from './call-filter.ts';
import { callLists, type CallLists } from './call-lists.ts';
import { calledUse } from './called-use.ts';
import { countsSignature } from './counts-signature.ts';
import { eventIdPlaces } from './event-id.ts';
import { type SecretOf, senderCheck, type SenderCheck } from './sender-check.ts';

/** A published webhook, as the next call needs it: whatever its settings say is worked out once. */
export interface Hook extends SenderCheck {
  workspaceId: string;
  flowId: string;
  versionId: string;
  title: string;
  enabled: boolean;
  method: string;
  respond: 'immediately' | 'when-finished';
  eventIds: readonly CallPlace[];
  /** A call with the signature of an earlier one is a repeat, whatever its id. */
  countsSignature: boolean;
  lists: CallLists;
  /** Absent where every call starts a run. */
  isWanted?: IsWanted;
  /** A caller waits so long for an answer, then gets the run's id. */
  deadlineMs: number;
}

/** Which flow answers at `<workspace>/<path>`, remembered so that the next call asks no database. */
export interface HookIndex {
  /** At once when it is known; null where no published flow listens. */
  find(address: string): Hook | null | Promise<Hook | null>;
  /** Something of this workspace was published, switched or deleted, or one of its connections changed. */
  forget(workspaceId: string): void;
}

export interface HookIndexParts {
  flows: Pick<FlowReader, 'byWebhookPath'>;
  catalogue: Catalogue;
  secretOf: SecretOf;
}

/** Addresses are anybody's to invent, so the memory is bounded. */
const maxRemembered = 10_000;

export function createHookIndex({ flows, catalogue, secretOf }: HookIndexParts): HookIndex {
  const known = new Map<string, Hook | null>();
  let generation = 0;

  async function read(address: string): Promise<Hook | null> {
    const before = generation;
    const slash = address.indexOf('/');
    const live = await flows.byWebhookPath(address.slice(0, slash), address.slice(slash + 1));
    const hook = live && (await hookOf(live, { catalogue, secretOf }));
    if (known.size >= maxRemembered) known.clear();
    // Not when a publication came in between: it may have changed what was read.
    if (generation === before) known.set(address, hook);
    return hook;
  }

  return {
    find: (address) => known.get(address) ?? (known.has(address) ? null : read(address)),
    forget(workspaceId) {
      generation += 1;
      for (const address of known.keys()) {
        if (address.startsWith(`${workspaceId}/`)) known.delete(address);
      }
    },
  };
}

const hostSettings = z.object(webhookSettings()).pick({ method: true, respond: true, deadlineSeconds: true });

async function hookOf(live: LiveVersion & { enabled: boolean }, { catalogue, secretOf }: Pick<HookIndexParts, 'catalogue' | 'secretOf'>): Promise<Hook | null> {
  const trigger = triggerBy('webhook', live.document, catalogue);
  const used = trigger && calledUse(trigger.step, catalogue);
  const { data } = hostSettings.safeParse(used?.settings);
  if (!used || !data) return null;
  const isWanted = callFilter(trigger.contract.only, used.settings);
  const { workspaceId, flowId, versionId, enabled, document } = live;
  return {
    workspaceId,
    flowId,
    versionId,
    title: document.title,
    enabled,
    method: data.method,
    respond: data.respond,
    eventIds: eventIdPlaces(used),
    countsSignature: countsSignature(used),
    lists: callLists(document, trigger.stepId, catalogue),
    isWanted,
    deadlineMs: data.deadlineSeconds * 1_000,
    ...(await senderCheck(secretOf, live.workspaceId, used)),
  };
}
