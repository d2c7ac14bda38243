import type { LiveEvent } from '@weft/api';
import { call } from './call.ts';
import { connection } from './connection.ts';

export interface StreamReader {
  onEvent(event: LiveEvent): void;
  /** For the first time. */
  onOpened(): void;
  /** After a gap: events may be missing. */
  onReopened(): void;
  /** It ended, and not for the first time in a row. Default: asks the server why. */
  onInterrupted?(): void;
}

/** So long a page does without events when newer ones have all the places of this session. */
const replacedMs = 60_000;

/** Opens the stream and opens it again, with growing pauses, until it is closed. */
export function openStream(url: string, { onEvent, onOpened, onReopened, onInterrupted = readWhyInterrupted }: StreamReader): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const again = (afterMs: number) => {
    failures += 1;
    source?.close();
    timer = setTimeout(open, afterMs);
  };
  function open(): void {
    source = new EventSource(url);
    source.onopen = () => {
      if (failures > 0) onReopened();
      else onOpened();
      failures = 0;
      connection.back();
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      // The contract types what the server sends.
      const event = JSON.parse(data) as LiveEvent;
      if (event.type === 'missed') onReopened();
      else if (event.type === 'replaced') again(replacedMs);
      else onEvent(event);
    };
    source.onerror = () => {
      again(Math.min(15_000, 500 * 2 ** (failures + 1)));
      if (failures > 1) onInterrupted();
    };
  }

  open();
  const stopListening = connection.onRestored(() => {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    open();
  });
  return () => {
    stopListening();
    clearTimeout(timer);
    source?.close();
  };
}

/** A stream does not say why it ended. This question does: the session is over, or nobody answers. */
export function readWhyInterrupted(): void {
  call('GET /me').catch((error: unknown) => console.info('The stream of events is interrupted.', error));
}
