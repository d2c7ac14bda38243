import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQueue } from './queue.ts';
import { QueueFull, type Lane, type QueueRules } from './queue-rules.ts';

const lane = (workspaceId: string, flowId: string, changes: Partial<Lane> = {}): Lane => ({
  workspaceId,
  flowId,
  versionId: 'ver_1',
  mode: 'live',
  ...changes,
});

/** Begins runs one by one until nobody may, or there is no place. */
function work(queue: ReturnType<typeof createQueue>, places: number): Lane[] {
  const begun: Lane[] = [];
  while (begun.length < places) {
    const turn = queue.next();
    if (!turn) break;
    queue.left(turn.lane, { ready: true });
    queue.begun(`${turn.lane.flowId}-${begun.length}-${queue.counts().running}`, turn.lane);
    begun.push(turn.lane);
  }
  return begun;
}

const queueOf = (rules: QueueRules, ...waiting: [Lane, number][]) => {
  const queue = createQueue(rules);
  queue.reset(waiting.map(([one, ready]) => ({ ...one, queued: ready, ready })));
  return queue;
};

describe('the queue', () => {
  it('gives a workspace with one run its turn at once, however many runs another has waiting', () => {
    const queue = queueOf({}, [lane('busy', 'a'), 100_000], [lane('quiet', 'b'), 1]);
    expect(work(queue, 2).map(({ workspaceId }) => workspaceId)).toContain('quiet');
  });

  it('lets workspaces take turns, and flows inside a workspace', () => {
    const queue = queueOf({}, [lane('one', 'a'), 50], [lane('one', 'b'), 50], [lane('two', 'c'), 50]);
    const begun = work(queue, 12);
    const counted = (flowId: string) => begun.filter((one) => one.flowId === flowId).length;
    expect([counted('a'), counted('b'), counted('c')]).toEqual([3, 3, 6]);
  });

  it('keeps places free for others when one workspace would take them all', () => {
    const queue = queueOf({ perWorkspace: () => 8 }, [lane('busy', 'a'), 100]);
    expect(work(queue, 10)).toHaveLength(8);
    expect(queue.obstacle(lane('busy', 'a'))).toEqual({ kind: 'share' });
    expect(queue.obstacle(lane('quiet', 'b'))).toBeUndefined();
  });

  it('begins no more live runs of a flow than it allows; tests do not count', () => {
    const queue = queueOf({ limitOf: () => 2 }, [lane('w', 'a'), 10], [lane('w', 'a', { versionId: 'doc', mode: 'test' }), 3]);
    const begun = work(queue, 20);
    expect(begun.filter(({ mode }) => mode === 'live')).toHaveLength(2);
    expect(begun.filter(({ mode }) => mode === 'test')).toHaveLength(3);
    expect(queue.obstacle(lane('w', 'a'))).toEqual({ kind: 'limit', limit: 2 });
  });

  it('passes over what is held, and goes on with it when the hold ends', () => {
    let paused = true;
    const queue = queueOf({ holdOn: ({ flowId }) => (paused && flowId === 'a' ? { kind: 'paused' } : undefined) }, [lane('w', 'a'), 2], [lane('w', 'b'), 2]);
    expect(work(queue, 10).map(({ flowId }) => flowId)).toEqual(['b', 'b']);
    paused = false;
    expect(work(queue, 10).map(({ flowId }) => flowId)).toEqual(['a', 'a']);
  });

  it('works off an older version of a flow before a newer one', () => {
    const queue = queueOf({}, [lane('w', 'a', { versionId: 'ver_2' }), 2], [lane('w', 'a', { versionId: 'ver_1' }), 2]);
    expect(work(queue, 10).map(({ versionId }) => versionId)).toEqual(['ver_1', 'ver_1', 'ver_2', 'ver_2']);
  });

  it('refuses what is beyond its bounds, by flow and in all, and takes again when there is room', () => {
    const queue = queueOf({ bounds: () => ({ perFlow: 2, inAll: 3 }) }, [lane('w', 'a'), 2]);
    expect(() => queue.admit(lane('w', 'a'))).toThrow(QueueFull);
    queue.admit(lane('w', 'b'));
    queue.entered(lane('w', 'b'), { ready: true });
    expect(() => queue.admit(lane('w', 'b'))).toThrow('this installation');
    expect(() => queue.admit(lane('w', 'b', { mode: 'test' }))).not.toThrow();
    work(queue, 1);
    expect(() => queue.admit(lane('w', 'c'))).not.toThrow();
  });

  it('never begins more than limits and shares allow, and leaves nobody waiting who could begin, whatever happens', () => {
    const step = fc.record({ flow: fc.constantFrom('a', 'b', 'c', 'd'), does: fc.constantFrom('enter', 'begin', 'end') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = createQueue({ limitOf: ({ flowId }) => (flowId === 'a' ? 2 : undefined), perWorkspace: () => 4 });
        const workspaceOf = (flowId: string) => (flowId < 'c' ? 'one' : 'two');
        const running: { id: string; flowId: string }[] = [];
        let started = 0;
        for (const { flow, does } of steps) {
          if (does === 'enter') queue.entered(lane(workspaceOf(flow), flow), { ready: true });
          const turn = does === 'begin' ? queue.next() : undefined;
          if (turn) {
            const id = `run_${(started += 1)}`;
            queue.left(turn.lane, { ready: true });
            queue.begun(id, turn.lane);
            running.push({ id, flowId: turn.lane.flowId });
          }
          const ended = does === 'end' ? running.shift() : undefined;
          if (ended) queue.ended(ended.id);
          expect(running.filter(({ flowId }) => flowId === 'a').length).toBeLessThanOrEqual(2);
          for (const workspace of ['one', 'two']) {
            expect(running.filter(({ flowId }) => workspaceOf(flowId) === workspace).length).toBeLessThanOrEqual(4);
          }
          expect(queue.counts().running).toBe(running.length);
        }
        for (const { id } of running) queue.ended(id);
        for (let turn = queue.next(); turn; turn = queue.next()) {
          queue.left(turn.lane, { ready: true });
        }
        expect(queue.counts()).toEqual({ queued: 0, running: 0 });
      }),
    );
  });
});
