import type { LiveEvent } from '@weft/api';
import { openStream, readWhyInterrupted, type StreamReader } from './open-stream.ts';

/** What the page that has the stream tells the others. */
type Told =
  | { kind: 'event'; event: LiveEvent }
  | { kind: 'opened' | 'reopened' | 'interrupted' }
  /** A page that has just come, or is looked at again, asks who has the stream. It is open, or it is being opened. */
  | { kind: 'joined' | 'isOpen' | 'isHeld' };

/** A page that has the stream and says nothing for so long is asleep, as phones put pages to sleep; then another one takes it. */
const patienceMs = 2_000;

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
  /** Gives the stream back; there while this page has it. */
  let giveBack: (() => void) | undefined;
  let isOpen = false;
  let isQueued = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  // Whoever has heard the stream before may have missed something when it opens again.
  let hasHeard = false;

  const hear = (told: Told) => {
    if (told.kind !== 'joined') clearTimeout(patience);
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
      case 'isHeld':
        return;
      case 'joined':
        if (giveBack) post({ kind: isOpen ? 'isOpen' : 'isHeld' });
    }
  };
  const post = (told: Told) => channel.postMessage(told);
  const tell = (told: Told) => {
    post(told);
    hear(told);
  };
  // Only pages of this program know the channel.
  channel.onmessage = ({ data }: MessageEvent<Told>) => hear(data);

  const opened = (kind: 'opened' | 'reopened') => () => {
    isOpen = true;
    tell({ kind });
  };
  const hold = () =>
    new Promise<void>((release) => {
      isQueued = false;
      const close = openStream(url, {
        onEvent: (event) => tell({ kind: 'event', event }),
        onOpened: opened('opened'),
        onReopened: opened('reopened'),
        onInterrupted() {
          isOpen = false;
          tell({ kind: 'interrupted' });
        },
      });
      giveBack = () => {
        giveBack = undefined;
        isOpen = false;
        close();
        release();
      };
    });
  const lost = (error: unknown) => {
    if (leaving.signal.aborted) return;
    // Another page has taken it from this one.
    if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
    giveBack?.();
    queue();
  };
  function queue(): void {
    if (isQueued) return;
    isQueued = true;
    navigator.locks.request(url, { signal: leaving.signal }, hold).catch(lost);
  }
  const ask = () => {
    if (giveBack || document.visibilityState === 'hidden') return;
    post({ kind: 'joined' });
    clearTimeout(patience);
    patience = setTimeout(() => {
      if (!giveBack) navigator.locks.request(url, { steal: true }, hold).catch(lost);
    }, patienceMs);
  };

  queue();
  ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    document.removeEventListener('visibilitychange', ask);
    clearTimeout(patience);
    leaving.abort();
    giveBack?.();
    channel.close();
  };
}
