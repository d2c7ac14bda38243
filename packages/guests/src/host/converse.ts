import { type OperationContext, RetryableError } from '@weft/connector-sdk';
import { errorOf, plainFailure } from '../failure.ts';
import { withParts, type Part } from '../parts.ts';
import type { Call, GuestMessage, PackedBatch } from '../protocol.ts';
import type { GuestEnd, GuestProcess } from './guest-process.ts';
import { lentBy } from './lent.ts';

/** How long a guest has for ending by itself what nobody waits for any more, milliseconds: enough for telling a database. */
const graceMs = 1_000;

/** A guest that ended in the middle of its call. */
export class GuestDied extends Error {
  readonly end: GuestEnd;
  /** What it said last, where it came to that. */
  readonly said: string | undefined;

  constructor(end: GuestEnd, said: string | undefined) {
    super(`A guest ended in the middle of a call${said === undefined ? '' : `: ${said}`}`);
    this.name = 'GuestDied';
    this.end = end;
    this.said = said;
  }
}

export interface Conversation {
  call: Call;
  /** What the guest may ask for, and whose signal ends the call. */
  context: Partial<OperationContext> & { signal: AbortSignal };
  /** The longest that nothing may come while it is waited for, milliseconds: then the guest is killed. */
  maxSilenceMs: number;
  /** Told when the guest has ended its call in order: it may do another. */
  sound(): void;
}

/**
 * One call, from its beginning to its end. Gives batches as they are taken, and returns what the call gave.
 * @throws {ConnectorError} what the connector threw; of kind `timeout` when the signal, or silence, ended it.
 * @throws {GuestDied}
 */
export async function* converse(guest: GuestProcess, { call, context, maxSilenceMs, sound }: Conversation): AsyncGenerator<PackedBatch, unknown> {
  const { signal } = context;
  const inbox = createInbox();
  const parts: Part[] = [];
  const lent = new Map(Object.entries(lentBy(context)) as [string, (...args: unknown[]) => Promise<unknown>][]);
  let isOver = false;
  let wasSilent = false;
  let said: string | undefined;

  async function answer({ id, what, args }: Extract<GuestMessage, { type: 'ask' }>): Promise<void> {
    try {
      const give = lent.get(what);
      if (!give) throw new TypeError(`A guest asked for ${what}, which is not lent.`);
      guest.send({ type: 'lent', id, value: await give(...args) });
    } catch (error) {
      guest.send({ type: 'refused', id, failure: plainFailure(error) });
    }
  }

  function hear(message: GuestMessage): void {
    if (message.type === 'ask') void answer(message);
    else if (message.type === 'warn') context.warn?.(message.sentence);
    else if (message.type === 'log') context.log?.(message.message, message.details);
    else if (message.type === 'broken') said = message.message;
    else inbox.put(message);
  }

  let grace: NodeJS.Timeout | undefined;
  const cancel = () => {
    if (grace || isOver) return;
    guest.send({ type: 'cancel' });
    grace = setTimeout(() => guest.kill(), graceMs);
  };
  guest.listen(hear, (end) => inbox.put({ type: 'end', end }));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    guest.send({ type: 'call', call });
    if (signal.aborted) cancel();
    for (;;) {
      const silence = setTimeout(() => {
        wasSilent = true;
        guest.kill();
      }, maxSilenceMs);
      const message = await inbox.next();
      clearTimeout(silence);
      switch (message.type) {
        case 'batch':
          yield message.batch;
          guest.send({ type: 'more' });
          break;
        case 'part':
          parts.push(message.part);
          break;
        case 'done':
          isOver = true;
          return withParts(message.value, parts);
        case 'failed':
          isOver = true;
          throw errorOf(message.failure);
        case 'end':
          if (signal.aborted || wasSilent) throw stopped();
          throw new GuestDied(message.end, said);
      }
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    // Whoever took enough leaves early: what is left is given up, in order if that is quick.
    if (!isOver && guest.isAlive()) {
      cancel();
      let last = await inbox.next();
      while (last.type === 'batch' || last.type === 'part') last = await inbox.next();
      isOver = last.type !== 'end';
    }
    clearTimeout(grace);
    if (isOver) sound();
  }
}

const stopped = (): RetryableError => new RetryableError('This was stopped because it took too long.', { kind: 'timeout' });

type Mail = Extract<GuestMessage, { type: 'batch' | 'part' | 'done' | 'failed' }> | { type: 'end'; end: GuestEnd };

/** Messages in their order, for whoever asks for the next one. */
function createInbox() {
  const mail: Mail[] = [];
  let wake: (() => void) | undefined;
  return {
    put(message: Mail) {
      mail.push(message);
      wake?.();
    },
    async next(): Promise<Mail> {
      for (;;) {
        const message = mail.shift();
        if (message) return message;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
