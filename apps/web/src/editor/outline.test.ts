// @vitest-environment jsdom
import { flowOf, transform, webhook } from '@weft/flow/testing';
import { expect, it } from 'vitest';
import { rowsOf } from './outline.tsx';

it('says by which way a step is reached, where the one before has several', () => {
  const ask = { kind: 'approval' as const, title: 'Ask', question: 'Ship it?', assignees: { users: [], roles: ['owner' as const] } };
  const steps = { trigger: webhook(), ask, ship: transform(), regret: transform(), end: transform() };
  const flow = flowOf(steps, ['trigger → ask', 'ask.approved → ship', 'ask.rejected → regret', 'ship → end', 'ask.rejected → end']);
  const ways = Object.fromEntries(rowsOf(flow).map((row) => [row.id, row.ways]));
  expect(ways).toEqual({ trigger: '', ask: '', ship: 'Approved', regret: 'Rejected', end: 'Rejected' });
});
