import type { StepRecord, StepStatus } from './run-record.ts';

/** A stretch of time, milliseconds since the epoch. */
export interface Span {
  from: number;
  to: number;
}

/** A part of a row's line, as fractions of the whole width. */
export interface Bar {
  kind: StepStatus;
  left: number;
  width: number;
}

/** From the run's start to its last moment; while it runs, until now. What a replay has taken over was before. Never empty, so that it can be divided by. */
export function spanOf(steps: Iterable<StepRecord>, { startedAt, finishedAt, now }: { startedAt: number; finishedAt?: number; now: number }): Span {
  let to = finishedAt ?? now;
  for (const step of steps) {
    const end = step.endedAt ?? step.startedAt;
    if (end !== undefined && end > to) to = end;
  }
  return { from: startedAt, to: Math.max(to, startedAt + 1) };
}

/** What a step's line shows: each try, and the waits between them. */
export function barsOf(step: StepRecord, span: Span, now: number): Bar[] {
  if (step.attempts.length === 0 || step.attempts.every(({ startedAt }) => startedAt === undefined)) {
    const { startedAt, endedAt } = step;
    return startedAt === undefined ? [] : [bar(step.status, { from: startedAt, to: endedAt ?? now }, span)];
  }
  const bars: Bar[] = [];
  for (const [index, attempt] of step.attempts.entries()) {
    const { startedAt, endedAt, retryAt } = attempt;
    const from = startedAt ?? endedAt;
    if (from === undefined) continue;
    bars.push(bar(attempt.outcome ?? (step.status === 'parked' ? 'parked' : 'running'), { from, to: endedAt ?? now }, span));
    if (retryAt === undefined || endedAt === undefined) continue;
    const next = step.attempts[index + 1]?.startedAt ?? Math.min(retryAt, Math.max(now, endedAt));
    bars.push(bar('waiting', { from: endedAt, to: next }, span));
  }
  return bars;
}

/** One line for something that only has a beginning and an end. */
export function bar(kind: StepStatus, { from, to }: Span, span: Span): Bar {
  const length = span.to - span.from;
  const left = clamp((from - span.from) / length);
  return { kind, left, width: clamp((Math.max(from, to) - span.from) / length) - left };
}

export interface Tick {
  /** Fraction of the whole width. */
  at: number;
  /** Since the beginning, milliseconds. */
  ms: number;
}

/** Marks at round times: at most `most`, the beginning included. */
export function ticksOf({ from, to }: Span, most = 5): Tick[] {
  const length = to - from;
  const step = roundUp(length / most);
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => ({ at: (index * step) / length, ms: index * step }));
}

const secondMs = 1_000;
const minuteMs = 60_000;
/** Round in minutes and hours, where powers of ten are not. */
const roundMs = [1, 2, 5, 10, 15, 30].flatMap((count) => [count * secondMs, count * minuteMs, count * 60 * minuteMs]).sort((a, b) => a - b);

function roundUp(ms: number): number {
  if (ms < secondMs) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, ms)));
    return ([1, 2, 5].find((count) => count * power >= ms) ?? 10) * power;
  }
  return roundMs.find((round) => round >= ms) ?? Math.ceil(ms / (24 * 60 * minuteMs)) * 24 * 60 * minuteMs;
}

const clamp = (fraction: number): number => Math.min(1, Math.max(0, fraction));
