import type { IncomingMessage, ServerResponse } from 'node:http';
import { QueueFull, type Engine, type NewRun } from '@weft/engine';
import type { Logger } from 'pino';
import { newId } from '../../db/ids.ts';
import { HOOKS_PREFIX } from '../../stores/flows/hook-address.ts';
import { signalCallAt, type SignalCall } from '../signal/signal-address.ts';
import type { SignalReceiver } from '../signal/signal-receiver.ts';
import { readBody } from './call-body.ts';
import { eventIdOf } from './event-id.ts';
import { formFields } from './form-fields.ts';
import { giveAnswer } from './give-answer.ts';
import type { Hook, HookIndex } from './hook-index.ts';
import { incomingBody } from './incoming-body.ts';
import type { Listener, Listening } from './listening.ts';
import { sendJson } from './outgoing-answer.ts';
import { type ReceivedCall, receivedCall } from './received-call.ts';
import { Refusal, sendRefusal } from './refusal.ts';
import { type SeenSignatures, SignatureSeen } from './seen-signatures.ts';

export interface WebhookReceiverOptions {
  hooks: HookIndex;
  listening: Listening;
  engine: Pick<Engine, 'start' | 'stored'>;
  limitBytes: () => number;
  /** Without it signatures are not remembered. */
  seenSignatures?: SeenSignatures;
  /** Takes calls to <workspace>/signals/…; without it nothing listens there. */
  signals?: SignalReceiver;
  /** Keeps a refused call for the flow's owner. `address` is `<workspace>/<path>`; no hook: nothing published listens there. */
  refused(call: { address: string; hook: Pick<Hook, 'workspaceId' | 'flowId'> | null; refusal: Refusal; body: Buffer }): void;
  log: Logger;
  /** Overrides each hook's deadline, milliseconds. */
  deadlineMs?: number;
  now?: () => number;
}

/** An incoming call, before anybody knows whether it may start something. */
interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  address: string;
  query: string;
  /** As it came; of a call that is refused for its size, the beginning. */
  body: Buffer;
  /** What reading the body has found already. */
  early: Refusal | undefined;
}

/**
 * Answers calls to /hooks/<workspace>/<path>. The busiest way into the product, so it stands directly on Node's server. What holds:
 *
 * R1 A run is stored before its caller is answered.
 * R2 The body of a call that starts something is parsed only after its sender was checked.
 * R3 Proof headers enter no run and are never shown.
 * R4 A refused call starts nothing, is kept for the flow's owner, and does not reveal which flows exist.
 * R5 A call to a known address waits for nothing but the commit: all that settings say was worked out when the hook was read.
 * R6 Of calls with one signature one starts a run where signatures count: the id of an event is often not signed.
 */
export function createWebhookReceiver(options: WebhookReceiverOptions) {
  const { hooks, listening, signals, seenSignatures, engine, limitBytes, refused, log, now = Date.now } = options;

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    const mark = url.indexOf('?');
    const address = url.slice(HOOKS_PREFIX.length, mark === -1 ? undefined : mark);
    const query = mark === -1 ? '' : url.slice(mark + 1);
    readBody(request, limitBytes(), (body, early) => {
      handle({ request, response, address, query, body, early }).catch((error: unknown) => {
        log.error({ err: error, address }, 'a webhook call failed');
        if (!response.headersSent) sendJson(response, 503, { error: 'The call was not accepted. Send it again later.' }, { 'retry-after': '5' });
      });
    });
  }

  async function handle(call: Call): Promise<void> {
    const { request, response, address, body, early } = call;
    const signal = signals && signalCallAt(address);
    if (signal) return takeSignal(call, signal, signals);
    let hook: Hook | null = null;
    try {
      const found = hooks.find(address);
      hook = found instanceof Promise ? await found : found;
      const listener = listening.active() ? listening.at(address) : undefined;
      if (listener && !isLive(hook, request)) {
        if (early) throw early;
        await show(listener, receivedCall(call, hook ?? { proofHeaders: [] }, limitBytes()));
        sendJson(response, 202, { captured: true });
        return;
      }
      if (!hook) throw new Refusal(404, 'not_published', 'No published flow listens at this address.');
      if (!hook.enabled) throw new Refusal(404, 'switched_off', 'The flow at this address is switched off.');
      if (request.method !== hook.method) {
        throw new Refusal(405, 'wrong_method', `The flow at this address waits for ${hook.method}, and this call was ${request.method ?? 'none'}.`);
      }
      if (early) throw early;
      const signature = hook.check?.({ headers: request.headers, body, now: now() }); // R2
      await start(call, hook, listener?.flowId === hook.flowId ? listener : undefined, signature);
    } catch (error) {
      const refusal = error instanceof QueueFull ? new Refusal(429, 'queue_full', error.message) : error;
      if (!(refusal instanceof Refusal)) throw error;
      refused({ address, hook, refusal, body }); // R4
      sendRefusal(response, refusal, hook?.method);
    }
  }

  /** The same limits and refusals as for a webhook; accepted once it is stored, and once more where it is a repeat. */
  async function takeSignal({ request, response, address, query, body, early }: Call, signal: SignalCall, receiver: SignalReceiver): Promise<void> {
    const { method = '', headers } = request;
    try {
      if (early) throw early;
      const isNew = await receiver.take(signal, {
        method,
        headers,
        body,
        query: () => (query === '' ? {} : formFields(query)),
        read: () => incomingBody(body, { contentType: headers['content-type'], disposition: headers['content-disposition'], limitBytes: limitBytes() }),
      });
      sendJson(response, 202, isNew ? { accepted: true } : { accepted: true, duplicate: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused({ address, hook: await receiver.ownerOf(signal), refusal: error, body });
      sendRefusal(response, error, 'POST');
    }
  }

  async function show(listener: Listener, received: ReceivedCall): Promise<void> {
    listening.end(listener.flowId);
    await listener.captured(received);
  }

  /** With a listener, the call is shown and also runs: a live flow goes on while it is listened to. */
  async function start(call: Call, hook: Hook, listener: Listener | undefined, signature: Buffer | undefined): Promise<void> {
    const { headers } = call.request;
    const payload = receivedCall(call, hook, limitBytes()); // R3
    if (hook.isWanted && !hook.isWanted(headers, payload.body)) {
      sendJson(call.response, 202, { ignored: true });
      return;
    }
    if (listener) await show(listener, payload);
    const run: NewRun = {
      runId: newId('run'),
      workspaceId: hook.workspaceId,
      flowId: hook.flowId,
      versionId: hook.versionId,
      mode: 'live',
      payload,
      createdAt: now(),
    };
    const eventId = eventIdOf(hook.eventIds, headers, payload.body);
    if (eventId !== undefined) run.eventId = eventId;
    const traceparent = headers['traceparent'];
    if (typeof traceparent === 'string' && traceparent.length <= 100) run.traceparent = traceparent;
    const alongside = signature && hook.countsSignature ? seenSignatures?.(run, signature) : undefined; // R6
    try {
      await giveAnswer({ response: call.response, engine, hook, run, deadlineMs: options.deadlineMs ?? hook.deadlineMs, alongside }); // R1
    } catch (error) {
      if (!(error instanceof SignatureSeen)) throw error;
      if (eventId !== undefined) throw replayed();
      sendJson(call.response, 202, { runId: error.runId, duplicate: true });
    }
  }

  return { receive };
}

/** Nobody but the owner can tell a recorded call from a sender that sends the same twice, so it is kept for them. */
const replayed = () =>
  new Refusal(
    409,
    'replayed',
    'This call has the signature of an earlier one, and another id: it may be a recorded call that somebody sends again. '
      + 'If the sender sends exactly the same for different events, choose the id under “How repeated calls are recognised”.',
  );

/** Whether this call would run a flow without a listener. */
const isLive = (hook: Hook | null, { method }: IncomingMessage): boolean => hook !== null && hook.enabled && hook.method === method;
