import { expect, test } from 'vitest';
import { createSilence, type Look } from './silence.ts';

const lookMs = 500;

/** Looks twice a second. @returns after how many seconds it counts as frozen; undefined: not within two minutes. */
function frozenAfter(changes: (second: number) => Partial<Look>): number | undefined {
  const silence = createSilence({ freezeMs: 10_000, lookMs });
  for (let at = 0; at <= 120_000; at += lookMs) {
    const second = at / 1_000;
    if (silence({ at, beats: 1, cpuMs: 0, ...changes(second) }) !== undefined) return second;
  }
  return undefined;
}

test('a loop that computes is frozen after so long', () => {
  expect(frozenAfter((second) => ({ cpuMs: second * 1_000 }))).toBe(10);
});

test('one that waits is given six times as long', () => {
  expect(frozenAfter(() => ({}))).toBe(60);
  expect(frozenAfter((second) => ({ cpuMs: second * 100 }))).toBe(60);
});

test('one that has a turn now and then is not', () => {
  expect(frozenAfter((second) => ({ cpuMs: second * 1_000, beats: Math.floor(second / 9) }))).toBeUndefined();
});

test('one that computed before it was silent is not frozen sooner', () => {
  expect(frozenAfter((second) => ({ cpuMs: Math.min(second, 30) * 1_000, beats: Math.min(second, 29) }))).toBe(89);
});

test.each([30, 3_600, 86_400])('a pause of %i seconds, in which nobody looked, counts for nothing', (pause) => {
  const silence = createSilence({ freezeMs: 10_000, lookMs });
  const looks = [0, 0.5, 1, 1 + pause, 1.5 + pause].map((second) => silence({ at: second * 1_000, beats: 1, cpuMs: second * 1_000 }));
  expect(looks).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
