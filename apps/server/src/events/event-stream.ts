import { eventMessage, type EventListener } from './live-events.ts';

export interface EventStreamOptions {
  subscribe(listener: EventListener): () => void;
  /** Ends the stream: the reader left, or the server stops. */
  signal: AbortSignal;
  /** Ends the stream and tells the reader that another one has its place. Default never. */
  replaced?: AbortSignal;
  /** Asked at each sign of life: whether the reader may still read. Default always. */
  mayRead?: () => Promise<boolean>;
  /** Ends the connection of a reader who takes nothing: what waits there goes with it. Default: the stream fails. */
  disconnect?: () => void;
  /** Called once, when the stream has ended. */
  ended?: () => void;
  /** Between two signs of life, milliseconds. Default 15_000: proxies close what is silent for 30 or 60 seconds. */
  heartbeatMs?: number;
  /** What waits for a reader beyond one message, in bytes; a slower reader is told to read anew. Default 1 MiB. */
  maxWaitingBytes?: number;
}

/** Signs of life that a reader may leave unread, with all that is before them; then its connection is closed. */
const maxUnread = 3;

const comment = (text: string): Uint8Array => Buffer.from(`: ${text}\n\n`);
const stillHere = comment('still here');
const retry = Buffer.from('retry: 1000\n\n');
const missed = eventMessage({ type: 'missed' });
const replacedMessage = eventMessage({ type: 'replaced' });

/**
 * Live events of a workspace, as server-sent events.
 *
 * 1. A message is made once for all readers, so what waits for them is the same memory.
 * 2. What waits for one reader is bounded: beyond it everything that waits is replaced by `missed`, and the page reads the state afresh.
 * 3. Who takes nothing at all is cut off, and so is who may not read any more.
 */
export function eventStream(options: EventStreamOptions): Response {
  const { subscribe, signal, replaced, mayRead, disconnect, ended, heartbeatMs = 15_000, maxWaitingBytes = 1 << 20 } = options;
  const waiting = createWaiting(maxWaitingBytes);
  let unread = 0;
  let wake: (() => void) | undefined;
  let stop = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (message: Uint8Array): void => {
          waiting.add(message);
          wake?.();
        };
        const unsubscribe = subscribe((_event, message) => send(message()));
        const end = (): void => {
          stop();
          waiting.close();
          wake?.();
        };
        const cutOff = (reason: unknown): void => {
          stop();
          waiting.clear();
          if (disconnect) disconnect();
          else controller.error(reason);
        };
        const giveWay = (): void => {
          waiting.clear();
          waiting.add(replacedMessage);
          end();
        };
        const heartbeat = setInterval(() => {
          unread += 1;
          if (unread > maxUnread) cutOff(new Error('The reader takes nothing.'));
          else send(stillHere);
          void mayRead?.().then((may) => may || end(), cutOff);
        }, heartbeatMs);
        stop = () => {
          stop = () => undefined;
          clearInterval(heartbeat);
          unsubscribe();
          signal.removeEventListener('abort', end);
          replaced?.removeEventListener('abort', giveWay);
          ended?.();
        };
        send(retry);
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
        replaced?.addEventListener('abort', giveWay, { once: true });
      },
      async pull(controller) {
        unread = 0;
        if (waiting.isEmpty()) await new Promise<void>((resolve) => (wake = resolve));
        wake = undefined;
        const message = waiting.take();
        if (message) controller.enqueue(message);
        else if (waiting.isClosed()) controller.close();
      },
      cancel: () => stop(),
    },
    // Nothing gathers in the stream itself: what waits is counted here.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // nginx would otherwise hold events back.
      'x-accel-buffering': 'no',
    },
  });
}

/** Messages that wait for one reader. */
function createWaiting(maxBytes: number) {
  let messages: Uint8Array[] = [];
  let bytes = 0;
  let closed = false;
  return {
    isEmpty: () => messages.length === 0 && !closed,
    isClosed: () => closed,
    add(message: Uint8Array) {
      if (closed) return;
      if (messages.length > 0 && bytes + message.byteLength > maxBytes) {
        messages = [missed];
        bytes = missed.byteLength;
        return;
      }
      messages.push(message);
      bytes += message.byteLength;
    },
    take() {
      const message = messages.shift();
      bytes -= message?.byteLength ?? 0;
      return message;
    },
    clear() {
      messages = [];
      bytes = 0;
    },
    close() {
      closed = true;
    },
  };
}
