import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openUnderWay, readUnderWay, type UnderWay } from './under-way.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-under-way-'));
  file = join(folder, 'under-way');
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(): UnderWay {
  return openUnderWay(file, (error) => {
    throw error;
  });
}

test('what was begun and not ended is there for the next process, in any alphabet', () => {
  expect(open().leftOver).toEqual([]);
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.boolean()), { maxLength: 20 }), (tasks) => {
      const before = open();
      const ends = tasks.map(([what, comesToAnEnd]) => ({ end: before.begin(what), comesToAnEnd }));
      for (const { end, comesToAnEnd } of ends) if (comesToAnEnd) end();
      const left = tasks.filter(([, comesToAnEnd]) => !comesToAnEnd).map(([what]) => what);
      expect(before.now().toSorted()).toEqual(left.toSorted());
      expect(readUnderWay(file).toSorted()).toEqual(left.toSorted());
      expect([...open().leftOver].toSorted()).toEqual(left.toSorted());
    }),
    { numRuns: 50 },
  );
});

test('a thousand at a time, one after another, take no more room than were there at once', () => {
  const underWay = open();
  for (let round = 0; round < 3; round += 1) {
    const ends = Array.from({ length: 1_000 }, (_, at) => underWay.begin(`poll ${at}`));
    for (const end of ends) {
      end();
      end();
    }
  }
  expect(readUnderWay(file)).toEqual([]);
  expect(statSync(file).size).toBeLessThanOrEqual(1_000 * 512);
});

test('what a process that is stopping leaves is nothing', () => {
  const underWay = open();
  const end = underWay.begin('poll flow_1');
  underWay.close();
  end();
  underWay.begin('poll flow_2');
  underWay.close();
  expect(open().leftOver).toEqual([]);
});
