import { expect, test } from 'vitest';
import { eventStream } from './event-stream.ts';
import { createLiveEvents } from './live-events.ts';

const nextChunk = async (reader: ReadableStreamDefaultReader<Uint8Array>) => new TextDecoder().decode((await reader.read()).value);

test('events of the workspace arrive as data lines, those of others do not', async () => {
  const events = createLiveEvents();
  const response = eventStream({ subscribe: (listener) => events.subscribe('ws_1', listener), signal: new AbortController().signal });
  const reader = response.body!.getReader();
  expect(await nextChunk(reader)).toBe('retry: 1000\n\n');
  events.publish('ws_2', { type: 'files' });
  events.publish('ws_1', { type: 'captured', flowId: 'flow_1', payload: { text: 'a\nb' } });
  expect(await nextChunk(reader)).toBe('data: {"type":"captured","flowId":"flow_1","payload":{"text":"a\\nb"}}\n\n');
  expect(events.watched('ws_1')).toBe(true);
  await reader.cancel();
  expect(events.watched('ws_1')).toBe(false);
});

test('a reader who does not read is cut off instead of filling the memory', async () => {
  const events = createLiveEvents();
  const response = eventStream({
    subscribe: (listener) => events.subscribe('ws_1', listener),
    signal: new AbortController().signal,
    maxWaitingBytes: 1_000,
  });
  for (let sent = 0; sent < 100; sent += 1) events.publish('ws_1', { type: 'captured', flowId: 'f', payload: 'x'.repeat(100) });
  expect(events.watched('ws_1')).toBe(false);
  expect((await response.text()).length).toBeLessThan(1_500);
});

test('the stream ends when the server stops', async () => {
  const events = createLiveEvents();
  const stopping = new AbortController();
  const response = eventStream({ subscribe: (listener) => events.subscribe('ws_1', listener), signal: stopping.signal, heartbeatMs: 1 });
  stopping.abort();
  expect(await response.text()).toContain('retry: 1000');
  expect(events.watched('ws_1')).toBe(false);
});
