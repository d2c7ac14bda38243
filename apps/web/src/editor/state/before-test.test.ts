import { flowOf, http, webhook } from '@weft/flow/testing';
import { beforeEach, expect, it } from 'vitest';
import { flowToTest, mayTryStep, testForReal, useTestQuestion } from './before-test.ts';
import { useEditor } from './store.ts';

let flows = 0;
beforeEach(() => {
  // No connector is known here: what a step does is then taken for unsafe.
  const document = flowOf({ trigger: webhook(), send: http({ title: 'Send' }) }, ['trigger → send']);
  useEditor.setState({ document, facts: { id: `flow-${++flows}` } as never });
});

const asked = () => useTestQuestion.getState().asked;

it('asks once about the steps that act outside, and runs them for real where that is meant', async () => {
  const first = flowToTest();
  expect(asked()?.stepIds).toEqual(['send']);
  asked()?.answer('real');
  expect(await first).toEqual({ document: useEditor.getState().document, sampled: [] });
  expect(await flowToTest()).toMatchObject({ sampled: [] });
  expect(asked()).toBeNull();
});

it('answers them from samples for as long as nobody takes that back', async () => {
  const first = flowToTest();
  asked()?.answer('samples');
  expect((await first)?.document.steps['send']).toMatchObject({ pinned: 0 });
  expect((await flowToTest())?.sampled).toEqual(['send']);
  testForReal(['send']);
  expect((await flowToTest())?.sampled).toEqual([]);
});

it('runs nothing where the person steps back, and asks again', async () => {
  const first = flowToTest();
  asked()?.answer(undefined);
  expect(await first).toBeUndefined();
  const single = mayTryStep('send');
  expect(asked()?.single).toBe(true);
  asked()?.answer('real');
  expect(await single).toBe(true);
  expect(asked()).toBeNull();
});
