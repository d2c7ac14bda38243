import { expect, test } from 'vitest';
import { killAndResume } from './kill-and-resume.ts';

test('kill -9 while webhooks come in loses nothing acknowledged, starts no run twice and leaves a sound database', { timeout: 180_000 }, async () => {
  expect(await killAndResume(3)).toMatchObject({ kills: 3, lostAcknowledged: 0, duplicateRuns: 0, unfinishedRuns: 0, unstableKeys: 0, integrityOk: true });
});
