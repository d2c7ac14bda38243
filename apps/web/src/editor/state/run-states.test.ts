import { describe, expect, it } from 'vitest';
import { foldEntries, foldProgress, type JournalEntry } from './run-states.ts';

const entry = (stepKey: string, kind: JournalEntry['kind'], at = 0, rest: Partial<JournalEntry> = {}): JournalEntry => ({
  stepKey,
  attempt: 1,
  kind,
  at,
  ...rest,
});

describe('run states', () => {
  it('tell how long a step took', () => {
    const states = foldEntries({}, [entry('http', 'started', 100), entry('http', 'succeeded', 350)]);
    expect(states['http']).toMatchObject({ status: 'succeeded', count: 1, ms: 250 });
  });

  it('count the items of a loop and remember failures', () => {
    const states = foldEntries({}, [
      entry('each[0]/stock', 'started'),
      entry('each[0]/stock', 'failed'),
      entry('each[1]/stock', 'started'),
      entry('each[1]/stock', 'succeeded'),
    ]);
    expect(states['stock']).toMatchObject({ status: 'failed', count: 2, failed: 1 });
  });

  it('know how many items a loop has begun', () => {
    const states = foldEntries({}, [entry('each[0]/stock', 'started'), entry('each[4]/stock', 'started'), entry('each', 'succeeded')]);
    expect(states['each']).toMatchObject({ status: 'succeeded', items: 5 });
  });

  it('show a retry as such until it is decided', () => {
    const trying = foldEntries({}, [entry('http', 'started'), entry('http', 'failed', 5, { retryAt: 100 })]);
    expect(trying['http']).toMatchObject({ status: 'retrying', count: 0, failed: 0 });
    const done = foldEntries(trying, [entry('http', 'started', 100, { attempt: 2 }), entry('http', 'succeeded', 120)]);
    expect(done['http']).toMatchObject({ status: 'succeeded', count: 1 });
  });

  it('leave the states of other steps as they are', () => {
    const first = foldEntries({}, [entry('a', 'succeeded')]);
    const second = foldEntries(first, [entry('b', 'started')]);
    expect(second['a']).toBe(first['a']);
  });

  it('counts the records of a loop over a stream as it says itself, and leaves the rest alone', () => {
    const states = foldEntries({}, [{ stepKey: 'each', attempt: 1, kind: 'started', at: 1 }]);
    expect(foldProgress(states, { stepKey: 'each', read: 1_500 })).toEqual({ each: { ...states['each'], items: 1_500 } });
    expect(foldProgress({}, { stepKey: 'outer[2]/each', read: 7 })).toMatchObject({ each: { status: 'running', items: 7 } });
  });
});
