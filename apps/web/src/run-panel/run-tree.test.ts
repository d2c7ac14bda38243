// @vitest-environment jsdom
import { emptyFlow } from '@weft/flow';
import { expect, it } from 'vitest';
import { statusOfRun } from './run-tree.tsx';

it('a run that waits for a person is not said to try again', () => {
  expect(statusOfRun({ id: 'run', flow: emptyFlow('Ask first'), status: 'waiting', startedAt: 0 })).toBe('parked');
});
