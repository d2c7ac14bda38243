import type { LiveEvent } from '@weft/api';
import { openStream, readWhyInterrupted, type StreamReader } from './open-stream.ts';

/** What the page that has the stream tells the others. */
type Told =
  | { kind: 'event'; event: LiveEvent }
  | { kind: 'opened' | 'reopened' | 'interrupted' }
  /** A page that has just come asks whether the stream is open; it is. */
  | { kind: 'joined' | 'isOpen' };

/**
 * Live events for this page. The pages of one browser share one stream: browsers open six connections to a server, and each stream takes
 * one for as long as its page is there. One page has it and hands on what it hears; when that page goes, another opens it anew.
 */
export function openEvents(url: string, reader: StreamReader): () => void {
  // Browsers have locks on https and on this machine; elsewhere each page has a stream of its own.
  return 'locks' in navigator ? openShared(url, reader) : openStream(url, reader);
}

function openShared(url: string, reader: StreamReader): () => void {
  const channel = new BroadcastChannel(url);
  const leaving = new AbortController();
  let close: (() => void) | undefined;
  let isOpen = false;
  // Whoever has heard the stream before may have missed something when it opens again.
  let hasHeard = false;

  const hear = (told: Told) => {
    switch (told.kind) {
      case 'event':
        return reader.onEvent(told.event);
      case 'opened':
      case 'reopened':
      case 'isOpen':
        if (told.kind === 'isOpen' && hasHeard) return;
        if (hasHeard) reader.onReopened();
        else reader.onOpened();
        hasHeard = true;
        return;
      case 'interrupted':
        return readWhyInterrupted();
      case 'joined':
        if (isOpen) channel.postMessage({ kind: 'isOpen' } satisfies Told);
    }
  };
  const tell = (told: Told) => {
    channel.postMessage(told);
    hear(told);
  };
  // Only pages of this program know the channel.
  channel.onmessage = ({ data }: MessageEvent<Told>) => hear(data);
  channel.postMessage({ kind: 'joined' } satisfies Told);

  const opened = (kind: 'opened' | 'reopened') => () => {
    isOpen = true;
    tell({ kind });
  };
  const holdStream = () =>
    new Promise<void>((release) => {
      const closeStream = openStream(url, {
        onEvent: (event) => tell({ kind: 'event', event }),
        onOpened: opened('opened'),
        onReopened: opened('reopened'),
        onInterrupted() {
          isOpen = false;
          tell({ kind: 'interrupted' });
        },
      });
      close = () => {
        closeStream();
        release();
      };
    });
  navigator.locks.request(url, { signal: leaving.signal }, holdStream).catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });

  return () => {
    leaving.abort();
    close?.();
    channel.close();
  };
}
