import { describe, expect, it } from 'vitest';
import { foldEntries } from './fold-entries.ts';
import { emptyRecord, type JournalEntry, type StepRecord } from './run-record.ts';
import { barsOf, spanOf, ticksOf } from './waterfall.ts';

const entry = (kind: JournalEntry['kind'], at: number, rest: Partial<JournalEntry> = {}): JournalEntry => ({ stepKey: 'http', attempt: 1, kind, at, ...rest });
const stepOf = (...entries: JournalEntry[]): StepRecord => foldEntries(emptyRecord, entries).steps.get('http')!;
const span = { from: 1_000, to: 2_000 };

describe('a waterfall', () => {
  it('reaches from the first moment to the last, and to now while the run goes on', () => {
    const step = stepOf(entry('started', 1_100), entry('succeeded', 1_900));
    expect(spanOf([step], { startedAt: 1_000, finishedAt: 1_800, now: 9_000 })).toEqual({ from: 1_000, to: 1_900 });
    expect(spanOf([step], { startedAt: 1_000, now: 2_500 })).toEqual({ from: 1_000, to: 2_500 });
  });

  it('does not reach back to what a replay has taken over from an earlier run', () => {
    const taken = stepOf(entry('started', 100), entry('succeeded', 200));
    const own = spanOf([taken], { startedAt: 1_000, finishedAt: 1_500, now: 9_000 });
    expect(own).toEqual({ from: 1_000, to: 1_500 });
    expect(barsOf(taken, own, 0)).toEqual([{ kind: 'succeeded', left: 0, width: 0 }]);
  });

  it('is never empty', () => {
    expect(spanOf([], { startedAt: 5, finishedAt: 5, now: 5 })).toEqual({ from: 5, to: 6 });
  });

  it('draws a step where it ran', () => {
    expect(barsOf(stepOf(entry('started', 1_250), entry('succeeded', 1_750)), span, 0)).toEqual([{ kind: 'succeeded', left: 0.25, width: 0.5 }]);
  });

  it('draws every try and the waits between them', () => {
    const step = stepOf(
      entry('started', 1_000),
      entry('failed', 1_100, { retryAt: 1_500, error: { kind: 'timeout', message: 'Too slow.' } }),
      entry('started', 1_600, { attempt: 2 }),
      entry('succeeded', 2_000, { attempt: 2 }),
    );
    const bars = barsOf(step, span, 0);
    expect(bars.map(({ kind }) => kind)).toEqual(['failed', 'waiting', 'succeeded']);
    expect(bars.map(({ left }) => left)).toEqual([0, 0.1, 0.6]);
    expect(bars[1]?.width).toBeCloseTo(0.5);
  });

  it('draws what runs until now, and a wait no longer than until now', () => {
    expect(barsOf(stepOf(entry('started', 1_500)), span, 1_750)).toEqual([{ kind: 'running', left: 0.5, width: 0.25 }]);
    const waiting = barsOf(stepOf(entry('started', 1_000), entry('failed', 1_100, { retryAt: 5_000 })), span, 1_300);
    expect(waiting[1]).toMatchObject({ kind: 'waiting', left: 0.1 });
    expect(waiting[1]?.width).toBeCloseTo(0.2);
  });

  it('draws a step that took no time as a point', () => {
    expect(barsOf(stepOf(entry('succeeded', 1_400)), span, 0)).toEqual([{ kind: 'succeeded', left: 0.4, width: 0 }]);
  });
});

describe('marks', () => {
  it('stand at round times, the beginning included', () => {
    expect(ticksOf({ from: 0, to: 480 }).map(({ ms }) => ms)).toEqual([0, 100, 200, 300, 400]);
    expect(ticksOf({ from: 0, to: 9_000 }).map(({ ms }) => ms)).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
    expect(ticksOf({ from: 0, to: 240_000 }).map(({ ms }) => ms)).toEqual([0, 60_000, 120_000, 180_000, 240_000]);
  });

  it('are few, however long the run', () => {
    for (let to = 1; to < 400_000_000; to = Math.ceil(to * 1.7)) expect(ticksOf({ from: 0, to }).length).toBeLessThanOrEqual(6);
  });
});
