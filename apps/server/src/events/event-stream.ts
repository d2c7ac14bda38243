import type { LiveEvent } from '@weft/api';

export interface EventStreamOptions {
  subscribe(listener: (event: LiveEvent) => void): () => void;
  /** Ends the stream: the reader left, or the server stops. */
  signal: AbortSignal;
  /** Between two signs of life, milliseconds. Default 15_000: proxies close what is silent for 30 or 60 seconds. */
  heartbeatMs?: number;
  /** A reader who lets more bytes wait is cut off; the browser comes back and reads the state afresh. Default 16 MiB: one captured call may have 5. */
  maxWaitingBytes?: number;
}

/** Server-sent events: one `data:` line of JSON each. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function eventStream({ subscribe, signal, heartbeatMs = 15_000, maxWaitingBytes = 16 << 20 }: EventStreamOptions): Response {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string): void => {
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < 0) end();
        };
        const unsubscribe = subscribe((event) => send(`data: ${JSON.stringify(event)}\n\n`));
        const heartbeat = setInterval(() => send(': still here\n\n'), heartbeatMs);
        stop = () => {
          stop = () => undefined;
          clearInterval(heartbeat);
          unsubscribe();
          signal.removeEventListener('abort', end);
        };
        function end(): void {
          stop();
          controller.close();
        }
        send('retry: 1000\n\n');
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: maxWaitingBytes }),
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
