import { flowOf, http, mappingOf, path, transform, webhook } from '@weft/flow/testing';
import { beforeEach, expect, it } from 'vitest';
import { closeMapper, useInspector } from './inspector-state.ts';
import { openPlace, tabOfPlace } from './open-place.ts';
import { useEditor } from './store.ts';

beforeEach(() => {
  closeMapper();
  useInspector.setState({ tab: 'test', focus: null });
  const shape = transform({ input: mappingOf({ name: path('trigger', 'body', 'name') }) });
  useEditor.setState({ document: flowOf({ trigger: webhook(), shape, send: http() }, ['trigger → shape', 'shape → send']), openStep: null });
});

it('opens a mapped field in the mapper, with its value', () => {
  openPlace({ stepId: 'shape', path: ['input', 'name'], ruleId: 'r1' });
  expect(useEditor.getState().openStep).toBe('shape');
  expect(useInspector.getState()).toMatchObject({ tab: 'map', mapping: { stepId: 'shape', at: { ruleId: 'r1' } } });
});

it('opens a field that nothing is mapped to yet, also where its rule is gone', () => {
  openPlace({ stepId: 'shape', path: ['input', 'total'], ruleId: 'r9' });
  expect(useInspector.getState().mapping).toEqual({ stepId: 'shape', at: { target: ['total'] } });
});

it('knows the tab that shows a field: a form on the first one, or the mapper', () => {
  const { shape, send } = useEditor.getState().document.steps;
  if (!shape || !send) throw new Error('The flow has both.');
  expect(tabOfPlace(shape, { path: ['input', 'name'] })).toBe('map');
  expect(tabOfPlace(shape, { path: ['title'] })).toBe('setup');
  expect(tabOfPlace(send, { path: ['input', 'body', 'email'] })).toBe('setup');
  expect(tabOfPlace(send, { path: ['timeoutMs'] })).toBe('options');
});

it('turns to the tab where the field is, and to the field', () => {
  openPlace({ stepId: 'send', path: ['config', 'method'] });
  expect(useInspector.getState()).toMatchObject({ tab: 'setup', mapping: null, focus: 'error' });
  openPlace({ stepId: 'send', path: ['retry', 'attempts'] });
  expect(useInspector.getState().tab).toBe('options');
  openPlace({ stepId: 'send', path: ['pinned'] });
  expect(useInspector.getState().tab).toBe('test');
});
