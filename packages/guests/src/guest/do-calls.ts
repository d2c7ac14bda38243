import { TerminalError } from '@weft/connector-sdk';
import { plainFailure } from '../failure.ts';
import { sendParts } from '../parts.ts';
import type { Call, GuestMessage, HostMessage } from '../protocol.ts';
import { answerTo } from './answer-to.ts';
import { createAsking } from './asking.ts';
import { guestContext } from './guest-context.ts';
import type { ConnectorLoaders } from './serve-guest.ts';
import { atMost } from './at-most.ts';
import { createWindow } from './window.ts';

/** Bytes that V8 gets no memory for are an error; a heap that is full ends the process. */
const isOutOfMemory = (error: unknown): error is Error => error instanceof Error && /allocation failed|failed to allocate/i.test(error.message);

const tooMuch = (cause: Error): TerminalError =>
  new TerminalError('This needs more memory than it may take. Ask for fewer rows or columns, or for shorter ones.', { kind: 'unsupported', cause });

/** Listens to the host, and does what it says. */
export function doCalls(loaders: ConnectorLoaders): void {
  const send = (message: GuestMessage) => void process.send?.(message);
  const asking = createAsking(send);
  const kept = new Map<string, unknown>();
  let controller = new AbortController();
  let window = createWindow();

  // A driver that throws where nobody can catch it: nothing in this process can be relied on any more.
  process.on('uncaughtException', (error) => {
    process.send?.({ type: 'broken', message: error.message } satisfies GuestMessage, () => process.kill(process.pid, 'SIGKILL'));
  });

  // Whoever is left behind has nobody to do anything for.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

  async function begin(call: Call): Promise<void> {
    controller = new AbortController();
    window = createWindow();
    try {
      const load = Object.hasOwn(loaders, call.connector) ? loaders[call.connector] : undefined;
      if (!load) throw new TypeError(`This build has no connector called ${call.connector}.`);
      const context = guestContext(call.context, { send, lent: asking.lent, signal: controller.signal, kept });
      const value = atMost(await answerTo(call, { connector: (await load()).default, context, window, send }));
      send({ type: 'done', value: sendParts(value, (part) => send({ type: 'part', part })) });
    } catch (error) {
      send({ type: 'failed', failure: plainFailure(isOutOfMemory(error) ? tooMuch(error) : error) });
    }
  }

  process.on('message', (message: HostMessage) => {
    switch (message.type) {
      case 'call':
        return void begin(message.call);
      case 'more':
        return window.open();
      case 'cancel':
        window.close();
        return controller.abort();
      case 'lent':
      case 'refused':
        return asking.hear(message);
    }
  });
}
