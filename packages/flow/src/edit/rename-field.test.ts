import { expect, it } from 'vitest';
import { constant, flowOf, fn, http, mappingOf, path, transform, webhook } from '../testing/flow-builder.ts';
import { inputOf } from '../kinds/parts-of.ts';
import { renameField } from './rename-field.ts';

const flow = flowOf(
  {
    trigger: webhook(),
    shape: transform({ input: mappingOf({ alpha: path('trigger', 'body') }) }),
    send: http({ input: mappingOf({ url: constant('https://example.com'), body: fn('upper', path('shape', 'alpha')) }) }),
    other: transform({ input: mappingOf({ alpha: path('send', 'alpha') }) }),
  },
  ['trigger → shape', 'shape → send', 'send → other'],
);
const rulesOf = (document: typeof flow, stepId: string) => inputOf(document.steps[stepId]!)?.rules.map(({ to, value }) => ({ to, value }));

it('a field of a reshaped result takes its line along, and what later steps read of it', () => {
  const changed = renameField(flow, 'shape', { path: ['alpha'], name: 'zeta' });
  expect(rulesOf(changed, 'shape')).toEqual([{ to: ['zeta'], value: path('trigger', 'body') }]);
  expect(rulesOf(changed, 'send')?.[1]?.value).toEqual(fn('upper', path('shape', 'zeta')));
  expect(rulesOf(changed, 'other')).toEqual(rulesOf(flow, 'other'));
});

it('a field of what is sent takes its line along; what comes back is something else', () => {
  const before = { ...flow, steps: { ...flow.steps, send: http({ input: mappingOf({ 'body.alpha': constant(1) }) }) } };
  const changed = renameField(before, 'send', { path: ['body', 'alpha'], name: 'zeta' });
  expect(rulesOf(changed, 'other')).toEqual(rulesOf(flow, 'other'));
});
