import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSharedRecord, readSharedRecord } from './shared-record.ts';

test('what was written is read, in any alphabet', () => {
  const written = createSharedRecord();
  const read = readSharedRecord(written.memory);
  expect(read.lastStep()).toBeUndefined();
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(name, name, (runId, stepKey) => {
      written.entering(runId, stepKey);
      expect(read.lastStep()).toEqual({ runId, stepKey });
    }),
  );
});

test('a key that is too long is cut, and the run is whole', () => {
  const written = createSharedRecord();
  written.entering('run_1', 'each[3]/'.repeat(100));
  expect(readSharedRecord(written.memory).lastStep()).toEqual({ runId: 'run_1', stepKey: 'each[3]/'.repeat(32) });
});

test('every beat is another number', () => {
  const written = createSharedRecord();
  const read = readSharedRecord(written.memory);
  const before = read.beats();
  written.beat();
  expect(read.beats()).not.toBe(before);
});
