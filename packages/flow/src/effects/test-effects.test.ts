import { expect, it } from 'vitest';
import { flowOf, http, transform, webhook } from '../testing/index.ts';
import { testCatalogue } from '../testing/test-catalogue.ts';
import { answeredBySamples, effectsOfTest } from './test-effects.ts';

const get = http({ title: 'Look up', config: { method: 'GET' } });
const flow = flowOf({ trigger: webhook(), get, send: http(), shape: transform(), again: http({ samples: [{ title: 'Answer', output: { status: 201 } }] }) }, [
  'trigger → get',
  'get → send',
  'send → shape',
  'shape → again',
]);

it('names the steps that would send, as far as the test goes; reads are not among them', () => {
  expect(effectsOfTest(flow, testCatalogue)).toEqual(['send', 'again']);
  expect(effectsOfTest(flow, testCatalogue, 'shape')).toEqual(['send']);
  expect(effectsOfTest(flow, testCatalogue, 'get')).toEqual([]);
});

it('answers them by their samples, so that nothing is sent', () => {
  const answered = answeredBySamples(flow, ['send', 'again'], testCatalogue);
  expect(effectsOfTest(answered, testCatalogue)).toEqual([]);
  expect(answered.steps['again']).toMatchObject({ pinned: 0, samples: [{ title: 'Answer', output: { status: 201 } }] });
  expect(answered.steps['send']).toMatchObject({ pinned: 0, samples: [{ title: 'Made up' }] });
  expect(answered.steps['get']).toBe(get);
});
