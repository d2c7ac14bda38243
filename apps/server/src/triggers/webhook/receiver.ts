import type { IncomingMessage, ServerResponse } from 'node:http';
import { createPieces } from '@weft/egress';
import { QueueFull, type Answer, type Engine, type NewRun, type QueueReason } from '@weft/engine';
import type { JsonObject } from '@weft/json-schema';
import type { Logger } from 'pino';
import { newId } from '../../db/ids.ts';
import { signalCallAt, type SignalCall } from '../signal/signal-address.ts';
import type { SignalReceiver } from '../signal/signal-receiver.ts';
import type { Hook, HookIndex } from './hook-index.ts';
import { eventIdOf } from './event-id.ts';
import { incomingBody, incomingQuery } from './incoming-body.ts';
import type { Listener, Listening } from './listening.ts';
import { sendAnswer, sendJson } from './outgoing-answer.ts';
import { Refusal } from './refusal.ts';
import type { ReceivedCall } from './shown-call.ts';

export interface WebhookReceiverOptions {
  hooks: HookIndex;
  listening: Listening;
  engine: Pick<Engine, 'start' | 'stored'>;
  limitBytes: () => number;
  /** Takes calls to <workspace>/signals/…; without it nothing listens there. */
  signals?: SignalReceiver;
  /** Keeps a refused call for the flow's owner. `address` is `<workspace>/<path>`; no hook: nothing published listens there. */
  refused(call: { address: string; hook: Pick<Hook, 'workspaceId' | 'flowId'> | null; refusal: Refusal; body: Buffer }): void;
  log: Logger;
  /** In place of what the flows say about how long a caller waits for an answer. */
  deadlineMs?: number;
  now?: () => number;
}

export const HOOKS_PREFIX = '/hooks/';

/** An incoming call, before anybody knows whether it may start something. */
interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  address: string;
  query: string;
}

/**
 * Answers calls to /hooks/<workspace>/<path>. The busiest way into the product, so it stands directly on Node's server: no
 * middleware, one pass over the body, and for a known address no waiting but for the commit.
 */
export function createWebhookReceiver(options: WebhookReceiverOptions) {
  const { hooks, listening, signals, engine, limitBytes, refused, log, now = Date.now } = options;

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    const mark = url.indexOf('?');
    const address = url.slice(HOOKS_PREFIX.length, mark === -1 ? undefined : mark);
    const call: Call = { request, response, address, query: mark === -1 ? '' : url.slice(mark + 1) };
    readBody(call, limitBytes(), (body, refusal) => {
      handle(call, body, refusal).catch((error: unknown) => {
        log.error({ err: error, address }, 'a webhook call failed');
        if (!response.headersSent) sendJson(response, 503, { error: 'The call was not accepted. Send it again later.' }, { 'retry-after': '5' });
      });
    });
  }

  async function handle(call: Call, body: Buffer, early: Refusal | undefined): Promise<void> {
    const { request, response, address } = call;
    const signal = signals && signalCallAt(address);
    if (signal) return takeSignal(call, { signal, signals, body, early });
    let hook: Hook | null = null;
    try {
      const found = hooks.find(address);
      hook = found instanceof Promise ? await found : found;
      const listener = listening.active() ? listening.at(address) : undefined;
      if (listener && !isLive(hook, request)) {
        if (early) throw early;
        await show(listener, payloadOf(call, body, { hook, limitBytes: limitBytes() }));
        sendJson(response, 202, { captured: true });
        return;
      }
      if (!hook) throw new Refusal(404, 'not_published', 'No published flow listens at this address.');
      if (!hook.enabled) throw new Refusal(404, 'switched_off', 'The flow at this address is switched off.');
      if (request.method !== hook.method) {
        throw new Refusal(405, 'wrong_method', `The flow at this address waits for ${hook.method}, and this call was ${request.method ?? 'none'}.`);
      }
      if (early) throw early;
      hook.check?.({ headers: request.headers, body, now: now() });
      await start(call, { hook, body, ...(listener?.flowId === hook.flowId && { listener }) });
    } catch (error) {
      const refusal = error instanceof QueueFull ? new Refusal(429, 'queue_full', error.message) : error;
      if (!(refusal instanceof Refusal)) throw error;
      refused({ address, hook, refusal, body });
      sendJson(response, refusal.status, { error: toldToStrangers[refusal.status] ?? refusal.message }, headersOf(refusal, hook));
    }
  }

  /** The same limits and refusals as for a webhook; accepted once it is stored, and once more where it is a repeat. */
  async function takeSignal(call: Call, { signal, signals, body, early }: { signal: SignalCall; signals: SignalReceiver; body: Buffer; early: Refusal | undefined }): Promise<void> {
    const { request, response, address } = call;
    try {
      if (early) throw early;
      const isNew = await signals.take(signal, {
        method: request.method ?? '',
        headers: request.headers,
        body,
        query: () => (call.query === '' ? {} : incomingQuery(call.query)),
        read: () => incomingBody(body, request.headers['content-type'], limitBytes()),
      });
      sendJson(response, 202, isNew ? { accepted: true } : { accepted: true, duplicate: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused({ address, hook: await signals.ownerOf(signal), refusal: error, body });
      sendJson(response, error.status, { error: toldToStrangers[error.status] ?? error.message }, error.status === 405 ? { allow: 'POST' } : {});
    }
  }

  async function show(listener: Listener, payload: ReceivedCall): Promise<void> {
    listening.end(listener.flowId);
    await listener.captured(payload);
  }

  /** With a listener, the call is shown and runs all the same: what is live goes on while somebody looks. */
  async function start(call: Call, { hook, body, listener }: { hook: Hook; body: Buffer; listener?: Listener }): Promise<void> {
    const payload = payloadOf(call, body, { hook, limitBytes: limitBytes() });
    if (listener) await show(listener, payload);
    const eventId = eventIdOf(hook.eventIds, call.request.headers, payload.body);
    const run: NewRun = {
      runId: newId('run'),
      workspaceId: hook.workspaceId,
      flowId: hook.flowId,
      versionId: hook.versionId,
      mode: 'live',
      payload,
      createdAt: now(),
    };
    if (eventId !== undefined) run.eventId = eventId;
    const traceparent = call.request.headers['traceparent'];
    if (typeof traceparent === 'string' && traceparent.length <= 100) run.traceparent = traceparent;

    if (hook.respond === 'immediately') {
      const { runId, created } = await engine.start(run);
      sendJson(call.response, 202, created ? { runId } : { runId, duplicate: true });
      return;
    }
    // A repeated event gets the same answer while the first one is in flight, and the run's id afterwards.
    const { runId, answer, waits } = await engine.start(run, { lease: true });
    // It begins when a person says so, which is later than anybody waits on a line.
    if (waits && heldByPeople.has(waits.kind)) {
      sendJson(call.response, 202, { runId });
      return;
    }
    const given = await inTime(answer, options.deadlineMs ?? hook.deadlineMs);
    if (given) {
      sendAnswer(call.response, given);
      return;
    }
    // Or it has ended meanwhile, well or not.
    const late = await Promise.race([answer, engine.stored(runId)]);
    if (late) sendAnswer(call.response, late);
    else sendJson(call.response, 202, { runId });
  }

  return { receive };
}

/** Whether this call would run a flow if nobody listened. */
const isLive = (hook: Hook | null, { method }: IncomingMessage): boolean => hook !== null && hook.enabled && hook.method === method;

const heldByPeople = new Set<QueueReason['kind']>(['paused', 'connector', 'draining']);

/** When a sender may try again, and how. */
function headersOf({ status }: Refusal, hook: Hook | null): Record<string, string> {
  if (status === 429) return { 'retry-after': '30' };
  return status === 405 && hook ? { allow: hook.method } : {};
}

/** A stranger learns nothing about which flows exist and sleep, nor what was wrong with a signature. */
const toldToStrangers: Record<number, string> = {
  404: 'No published flow listens at this address.',
  401: 'This call could not be verified. Check the secret and how calls are signed.',
};

/** Counts while reading, so a body without a length cannot grow beyond the limit either. */
function readBody({ request }: Call, limitBytes: number, done: (body: Buffer, refusal?: Refusal) => void): void {
  const encoding = request.headers['content-encoding'];
  const body = createPieces();
  let refusal: Refusal | undefined;
  if (encoding !== undefined && encoding !== 'identity') {
    refusal = new Refusal(400, 'compressed', 'Compressed bodies are not accepted here. Send the body as it is.');
  } else if (Number(request.headers['content-length'] ?? 0) > limitBytes) refusal = tooLarge(limitBytes);
  // A caller who leaves in the middle of the body has not sent a call; Node closes the rest.
  request.once('error', () => request.destroy());
  if (refusal) {
    const refused = refusal;
    beginningOf(request, (beginning) => done(refused.reason === 'too_large' ? beginning : Buffer.alloc(0), refused));
    cutOff(request);
    return;
  }

  request.on('data', (chunk: Buffer) => {
    if (refusal) return;
    if (body.length + chunk.length <= limitBytes) {
      body.add(chunk);
      return;
    }
    refusal = tooLarge(limitBytes);
    // The beginning is kept for the flow's owner.
    body.add(chunk.subarray(0, excerptBytes));
    cutOff(request);
    done(body.bytes().subarray(0, excerptBytes), refusal);
  });
  request.once('end', () => {
    if (!refusal) done(body.bytes());
  });
}

/** What stands first in a body that is refused whatever follows, for the flow's owner; nothing where it does not come soon. */
function beginningOf(request: IncomingMessage, done: (bytes: Buffer) => void): void {
  const give = (chunk = Buffer.alloc(0)) => {
    clearTimeout(patience);
    request.off('data', give);
    request.off('end', give);
    done(chunk.subarray(0, excerptBytes));
  };
  const patience = setTimeout(give, 1_000);
  request.once('data', give).once('end', give);
}

/**
 * What is still on its way is thrown away for a while: closing at once would break the sender's connection before it has read
 * the answer. `connection: close` would do just that, so the connection ends here, when the sender has not ended by itself.
 */
function cutOff(request: IncomingMessage): void {
  request.resume();
  const patience = setTimeout(() => request.destroy(), 5_000).unref();
  request.once('close', () => clearTimeout(patience));
}

const excerptBytes = 1_024;
const tooLarge = (limitBytes: number) =>
  new Refusal(413, 'too_large', `The body is larger than the ${Math.round(limitBytes / 1024)} kB this installation accepts.`);

/** What a call gives, whether it runs a flow or is only shown. What the flow at its address names as a proof of the sender stays out. */
function payloadOf({ request, query }: Call, body: Buffer, { hook, limitBytes }: { hook: Hook | null; limitBytes: number }): ReceivedCall {
  const { headers } = request;
  const kept = incomingHeaders(headers);
  if (hook) for (const name of hook.proofHeaders) delete kept[name];
  return {
    method: request.method ?? 'POST',
    headers: kept,
    query: query === '' ? {} : incomingQuery(query),
    body: incomingBody(body, headers['content-type'], limitBytes),
  };
}

/** Lower-case names; what proves who the caller is does not enter the flow, nor what only concerns the connection. */
function incomingHeaders(headers: IncomingMessage['headers']): JsonObject {
  const kept: JsonObject = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || droppedHeaders.has(name) || name === '__proto__') continue;
    kept[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return kept;
}

const droppedHeaders = new Set(['authorization', 'cookie', 'proxy-authorization', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']);

function inTime(answer: Promise<Answer>, deadlineMs: number): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), deadlineMs);
    answer.then(
      (given) => {
        clearTimeout(timer);
        resolve(given);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
