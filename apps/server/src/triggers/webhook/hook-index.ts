import { type EventIdPlace, eventIdPlaces } from '@weft/connectors/webhook';
import type { FlowDocument, TriggerStep } from '@weft/flow';
import type { FlowReader } from '../../stores/flows/reader.ts';
import { type SecretOf, senderCheck, type SenderCheck } from './sender-check.ts';

/** A published webhook, as the next call needs it. */
export interface Hook extends SenderCheck {
  workspaceId: string;
  flowId: string;
  versionId: string;
  title: string;
  enabled: boolean;
  method: string;
  respond: 'immediately' | 'when-finished';
  eventIds: EventIdPlace[];
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

/** Addresses are anybody's to invent, so the memory is bounded. */
const remembered = 10_000;

export function createHookIndex(flows: Pick<FlowReader, 'byWebhookPath'>, secretOf: SecretOf = async () => undefined): HookIndex {
  const known = new Map<string, Hook | null>();
  let generation = 0;

  async function read(address: string): Promise<Hook | null> {
    const before = generation;
    const slash = address.indexOf('/');
    const live = await flows.byWebhookPath(address.slice(0, slash), address.slice(slash + 1));
    const trigger = live && triggerOf(live.document);
    const hook: Hook | null = live && trigger ? { ...live, title: live.document.title, ...webhookSettings(trigger), ...(await senderCheck(secretOf, live.workspaceId, trigger)) } : null;
    if (known.size >= remembered) known.clear();
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

export function triggerOf(document: FlowDocument): TriggerStep | undefined {
  return Object.values(document.steps).find((step) => step.kind === 'trigger');
}

/** The path a document's trigger listens at; null for other triggers, and before somebody has chosen one. */
export function webhookPath(document: FlowDocument): string | null {
  const trigger = triggerOf(document);
  const path = trigger?.use.connector === 'webhook' ? trigger.config?.['path'] : undefined;
  return typeof path === 'string' && path !== '' ? path : null;
}

/** With the defaults that the webhook connector declares. */
function webhookSettings({ config = {} }: TriggerStep): Pick<Hook, 'method' | 'respond' | 'eventIds' | 'deadlineMs'> {
  const { method, respond, deadlineSeconds } = config;
  return {
    method: typeof method === 'string' ? method : 'POST',
    respond: respond === 'when-finished' ? 'when-finished' : 'immediately',
    eventIds: eventIdPlaces(config),
    deadlineMs: (typeof deadlineSeconds === 'number' ? deadlineSeconds : 30) * 1_000,
  };
}
