import type { LiveEvent } from '@weft/api';
import type { Person } from './weft.ts';

type EventOf<T extends LiveEvent['type']> = Extract<LiveEvent, { type: T }>;

export interface EventReader {
  /** The next event of this type, those that came already included. */
  next<T extends LiveEvent['type']>(type: T, fits?: (event: EventOf<T>) => boolean): Promise<EventOf<T>>;
  seen: LiveEvent[];
  close(): void;
}

/** An open page's stream of events. */
export async function liveEvents(person: Person, url: string): Promise<EventReader> {
  const ending = new AbortController();
  const response = await fetch(`${url}/api/v1/w/${person.workspace}/events`, { headers: { cookie: person.cookies }, signal: ending.signal });
  if (response.status !== 200 || !response.body) throw new Error(`No events: ${response.status}`);
  const seen: LiveEvent[] = [];
  let arrived = Promise.withResolvers<void>();
  let taken = 0;

  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) if (part.startsWith('data: ')) seen.push(JSON.parse(part.slice(6)));
      arrived.resolve();
      arrived = Promise.withResolvers();
    }
  }
  const done = read(response.body).catch((error: unknown) => {
    if (!ending.signal.aborted) throw error;
  });

  return {
    seen,
    async next(type, fits = () => true) {
      for (;;) {
        while (taken < seen.length) {
          const event = seen[taken];
          taken += 1;
          // The type was just compared.
          if (event?.type === type && fits(event as EventOf<typeof type>)) return event as EventOf<typeof type>;
        }
        const isOver = await Promise.race([arrived.promise.then(() => false), done.then(() => true)]);
        if (isOver && taken === seen.length) throw new Error(`The stream ended without “${type}”.`);
      }
    },
    close: () => ending.abort(),
  };
}
