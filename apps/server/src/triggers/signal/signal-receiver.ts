import type { IncomingHttpHeaders } from 'node:http';
import { signalSettings } from '@weft/connector-sdk/author';
import type { Engine } from '@weft/engine';
import type { Catalogue, SignalSender, Step } from '@weft/flow';
import type { Json, JsonObject } from '@weft/json-schema';
import type { Database } from 'better-sqlite3';
import type { VersionDocuments } from '../../stores/flows/version-documents.ts';
import type { FlowReader } from '../../stores/flows/reader.ts';
import { type CalledUse, calledUse } from '../webhook/called-use.ts';
import { eventIdOf, eventIdPlaces, usualIds, valueAt } from '../webhook/event-id.ts';
import { Refusal } from '../webhook/refusal.ts';
import { refuseAll, type SecretOf, senderCheck } from '../webhook/sender-check.ts';
import { Rows } from '../../substrate/rows.ts';
import type { SignalCall } from './signal-address.ts';
import { createUnheardCheck, signalName, type UnheardBounds } from './unheard-signals.ts';

/** A call as it came; nothing of it is read before its sender is known. */
export interface IncomingSignal {
  method: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** What stands behind the `?`. @throws {Refusal} */
  query(): JsonObject;
  /** The body as the flow sees it. @throws {Refusal} */
  read(): Json;
}

export interface SignalReceiver {
  /** Whose rejected calls a refused signal is kept under; null where no such flow is. */
  ownerOf(call: SignalCall): Promise<Pick<SignalCall, 'workspaceId' | 'flowId'> | null>;
  /**
   * Hands the signal on, or keeps it until a run waits for it.
   * @returns false for a repeat, which does nothing.
   * @throws {Refusal} where nothing waits or could ever wait, where the call is not its sender's, and where too many are kept already.
   */
  take(call: SignalCall, signal: IncomingSignal): Promise<boolean>;
}

export interface SignalReceiverParts {
  database: Database;
  flows: Pick<FlowReader, 'live'>;
  catalogue: Catalogue;
  documents: Pick<VersionDocuments, 'find'>;
  secretOf: SecretOf;
  engine: Pick<Engine, 'signal'>;
  now: () => number;
  /** How many signals a flow keeps that no run waits for. */
  unheard?: UnheardBounds;
}

const maxKeyLength = 500;

/** Signals from other systems. A run that waits hears its signal even if its flow was switched off or changed meanwhile. */
export function createSignalReceiver({ database, flows, catalogue, documents, secretOf, engine, now, unheard }: SignalReceiverParts): SignalReceiver {
  const unheardCheck = createUnheardCheck(database, unheard);
  const waiter = database.prepare<[workspaceId: string, name: string, key: string], { id: number }>(
    'select id from run_waits where workspace_id = ? and name = ? and key = ? limit 1',
  );
  const version = database
    .prepare<[workspaceId: string, name: string], string>(
      'select r.version_id from run_waits w join runs r on r.id = w.run_id where w.workspace_id = ? and w.name = ? order by w.id desc limit 1',
    )
    .pluck();
  const flow = database.prepare<[workspaceId: string, flowId: string], { id: string }>(
    'select id from flows where workspace_id = ? and id = ? and deleted_at is null',
  );

  type Live = Awaited<ReturnType<FlowReader['live']>>;

  function mayCome(live: Live, stepId: string): void {
    if (!live) throw new Refusal(404, 'not_published', 'No published flow waits at this address.');
    if (!isHeard(live.document.steps[stepId])) throw new Refusal(404, 'no_wait', `The published flow has no step “${stepId}” that waits for a signal.`);
    if (!live.enabled) throw new Refusal(404, 'switched_off', 'The flow at this address is switched off, and none of its runs waits for this signal.');
  }

  /** What the flow says now counts for runs that began earlier too; where the step is gone, what its runs began with. */
  function senderOf(live: Live, { workspaceId, stepId }: SignalCall, name: string): SignalSender | undefined {
    const now = live?.document.steps[stepId];
    if (isHeard(now)) return now.sender;
    const versionId = version.get(workspaceId, name);
    const then = versionId === undefined ? undefined : documents.find(versionId)?.document.steps[stepId];
    return isHeard(then) ? then.sender : undefined;
  }

  return {
    async ownerOf({ workspaceId, flowId }) {
      return flow.get(workspaceId, flowId) ? { workspaceId, flowId } : null;
    },
    async take(call, signal) {
      const { workspaceId, flowId, stepId } = call;
      const { method, headers, body } = signal;
      const name = signalName(flowId, stepId);
      if (method !== 'POST') throw new Refusal(405, 'wrong_method', `A signal is sent with POST, and this call was ${method}.`);
      const live = await flows.live(workspaceId, flowId);
      const sender = senderOf(live, call, name);
      const used = sender && calledUse(sender, catalogue);
      // The sender cannot be checked when its connector is gone.
      const check = used ? (await senderCheck(secretOf, workspaceId, used)).check : sender ? refuseAll : null;
      check?.({ headers, body, now: now() });
      const payload = signal.read();
      const key = keyOf(used ? keyField(used) : null, signal, payload);
      if (!waiter.get(workspaceId, name, key)) mayCome(live, stepId);
      const eventId = eventIdOf(used ? eventIdPlaces(used) : usualIds, headers, payload);
      const taken = { workspaceId, name, key, payload, at: now(), eventId };
      return engine.signal(taken, { alongside: new Rows([unheardCheck(taken, flowId)]) });
    },
  };
}

const isHeard = (step: Step | undefined): step is Extract<Step, { kind: 'wait' }> => step?.kind === 'wait' && step.mode === 'signal';

const keySetting = signalSettings().key;

/** Which field of a signal's body names the run that it is for; null where the address does. */
function keyField({ settings }: CalledUse): string[] | null {
  const { data: key } = keySetting.safeParse(settings['key']);
  return key?.in === 'body' ? key.field.split('.') : null;
}

function keyOf(field: string[] | null, { query }: IncomingSignal, payload: Json): string {
  const given = field ? valueAt(payload, field) : query()['key'];
  const key = typeof given === 'number' ? String(given) : given;
  if (typeof key !== 'string' || key === '') {
    const missing = field ? `what was sent has no text or number at “${field.join('.')}”.` : 'add ?key= and the key to the address.';
    throw new Refusal(400, 'no_key', `The call does not say which run it is for: ${missing}`);
  }
  if (key.length > maxKeyLength) throw new Refusal(400, 'no_key', `The key has ${key.length} characters; at most ${maxKeyLength} are possible.`);
  return key;
}
