import type { LiveEvent } from '@weft/api';
import { expect, test } from 'vitest';
import { eventStream, type EventStreamOptions } from './event-stream.ts';
import { createLiveEvents, type LiveEvents } from './live-events.ts';

const nextChunk = async (reader: ReadableStreamDefaultReader<Uint8Array>) => new TextDecoder().decode((await reader.read()).value);
const open = (events: LiveEvents, options: Partial<EventStreamOptions> = {}) =>
  eventStream({ subscribe: (listener) => events.subscribe('ws_1', listener), signal: new AbortController().signal, ...options });
const captured = (payload: string): LiveEvent => ({ type: 'captured', flowId: 'f', payload });

test('events of the workspace arrive as data lines, those of others do not', async () => {
  const events = createLiveEvents();
  const reader = open(events).body!.getReader();
  expect(await nextChunk(reader)).toBe('retry: 1000\n\n');
  events.publish('ws_2', { type: 'files' });
  events.publish('ws_1', { type: 'captured', flowId: 'flow_1', payload: { text: 'a\nb' } });
  expect(await nextChunk(reader)).toBe('data: {"type":"captured","flowId":"flow_1","payload":{"text":"a\\nb"}}\n\n');
  expect(events.watched('ws_1')).toBe(true);
  await reader.cancel();
  expect(events.watched('ws_1')).toBe(false);
});

test('an event is written out once, whatever the number of readers, and the same bytes wait for all of them', async () => {
  const events = createLiveEvents();
  const seen: Uint8Array[] = [];
  for (let reader = 0; reader < 150; reader += 1) events.subscribe('ws_1', (_event, message) => seen.push(message()));
  events.publish('ws_1', captured('x'));
  expect(seen).toHaveLength(150);
  expect(new Set(seen).size).toBe(1);
});

test('a reader who is too slow is told to read anew instead of filling the memory, and hears what follows', async () => {
  const events = createLiveEvents();
  const stopping = new AbortController();
  const response = open(events, { signal: stopping.signal, maxWaitingBytes: 1_000 });
  for (let sent = 0; sent < 100; sent += 1) events.publish('ws_1', captured('x'.repeat(100)));
  events.publish('ws_1', { type: 'files' });
  stopping.abort();
  const text = await response.text();
  expect(text.length).toBeLessThan(1_500);
  expect(text).toContain('data: {"type":"missed"}');
  expect(text).toContain('data: {"type":"files"}');
});

test('one event may be larger than what is kept for slow readers', async () => {
  const events = createLiveEvents();
  const reader = open(events, { maxWaitingBytes: 1_000 }).body!.getReader();
  await nextChunk(reader);
  events.publish('ws_1', captured('x'.repeat(10_000)));
  expect(await nextChunk(reader)).toContain('xxx');
});

test('a reader who takes nothing is cut off', async () => {
  const events = createLiveEvents();
  const left = Promise.withResolvers<void>();
  const response = open(events, { heartbeatMs: 1, ended: left.resolve });
  await left.promise;
  expect(events.watched('ws_1')).toBe(false);
  await expect(response.text()).rejects.toThrow('takes nothing');
});

test('the stream ends when its reader may not read any more', async () => {
  const events = createLiveEvents();
  const response = open(events, { heartbeatMs: 1, mayRead: async () => false });
  expect(await response.text()).toContain('retry: 1000');
  expect(events.watched('ws_1')).toBe(false);
});

test('a stream whose place is taken says so and ends, whatever waited', async () => {
  const events = createLiveEvents();
  const replaced = new AbortController();
  const response = open(events, { replaced: replaced.signal });
  events.publish('ws_1', captured('x'));
  replaced.abort();
  expect(await response.text()).toBe('data: {"type":"replaced"}\n\n');
  expect(events.watched('ws_1')).toBe(false);
});

test('the stream ends when the server stops', async () => {
  const events = createLiveEvents();
  const stopping = new AbortController();
  const response = open(events, { signal: stopping.signal, heartbeatMs: 1 });
  stopping.abort();
  expect(await response.text()).toContain('retry: 1000');
  expect(events.watched('ws_1')).toBe(false);
});
