import { expect, test } from 'vitest';
import { createOpenStreams } from './open-streams.ts';

const enter = (streams: ReturnType<typeof createOpenStreams>, userId: string, sessionId: string, count: number) =>
  Array.from({ length: count }, () => streams.enter({ userId, sessionId }));
const replacedOf = (places: { replaced: AbortSignal }[]) => places.map(({ replaced }) => replaced.aborted);

test('a session that opens more streams than it may have loses its oldest, and other sessions lose none', () => {
  const streams = createOpenStreams({ perSession: 2 });
  const other = enter(streams, 'eve', 's2', 2);
  const mine = enter(streams, 'ada', 's1', 4);
  expect(replacedOf(mine)).toEqual([true, true, false, false]);
  expect(replacedOf(other)).toEqual([false, false]);
});

test('a stream that has left makes room', () => {
  const streams = createOpenStreams({ perSession: 2 });
  const [first] = enter(streams, 'ada', 's1', 1);
  first?.leave();
  expect(replacedOf(enter(streams, 'ada', 's1', 2))).toEqual([false, false]);
});

test('where all places are taken, whoever has the most streams gives one, in however many sessions they are', () => {
  const streams = createOpenStreams({ perSession: 2, inAll: 5 });
  const ada = enter(streams, 'ada', 's1', 1);
  const eve = [...enter(streams, 'eve', 's2', 2), ...enter(streams, 'eve', 's3', 2)];
  const bob = enter(streams, 'bob', 's4', 1);
  expect(replacedOf([...ada, ...eve, ...bob])).toEqual([false, true, false, false, false, false]);
});
