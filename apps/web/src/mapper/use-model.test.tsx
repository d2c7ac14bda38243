// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch } from '../editor/state/index.ts';
import { hover, setView, useMapperView } from './mapper-state.ts';
import { loadFlow } from './testing/editor-with-flow.tsx';
import { useModel } from './use-model.ts';

afterEach(cleanup);
// The view is the module's, and another test may have left it elsewhere.
beforeEach(() => act(() => setView('lines')));

it('what a step reads stays the same object while its mapping is edited, also where another step is looked at in between', () => {
  loadFlow();
  const { result } = renderHook(() => ({ send: useModel('send'), trigger: useModel('trigger') }));
  const before = result.current.send;
  act(() => dispatch(updateStep('send', { input: { format: 'weft.mapping/1', rules: [{ id: 'r1', to: ['url'], value: { const: 'a' } }] } })));
  const { send } = result.current;
  expect(send.document).not.toBe(before.document);
  expect(send.sources).toBe(before.sources);
  expect(send.values).toBe(before.values);
});

it('moving the mouse over rows does not draw the whole mapper', () => {
  setView('lines');
  let times = 0;
  renderHook(() => {
    times += 1;
    return useMapperView();
  });
  act(() => hover('from:order'));
  act(() => hover(null));
  expect(times).toBe(1);
  act(() => setView('list'));
  expect(times).toBe(2);
});
