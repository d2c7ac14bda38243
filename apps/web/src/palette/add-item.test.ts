// @vitest-environment jsdom
import { flowOf, path, transform, webhook } from '@weft/flow/testing';
import { expect, it } from 'vitest';
import { select, useEditor } from '../editor/state/index.ts';
import { i18n } from '../locales/i18n.ts';
import { addItem } from './add-item.ts';
import { logicItems } from './items.ts';

const filter = logicItems(i18n.getFixedT(null, 'step-kinds')).find(({ id }) => id === 'logic/filter')!;
const each = { kind: 'forEach', title: 'Each line', as: 'line', items: path('trigger', 'body', 'lines') } as const;

it('goes into a loop that was just added, and behind one that has steps', () => {
  useEditor.setState({ document: flowOf({ trigger: webhook(), each }, ['trigger → each']) });
  select(['each']);
  addItem(filter);
  const [first] = Object.entries(useEditor.getState().document.steps).filter(([, step]) => step.kind === 'filter');
  expect(first?.[1]).toMatchObject({ in: 'each' });

  useEditor.setState({ document: flowOf({ trigger: webhook(), each, shape: transform({ in: 'each' }) }, ['trigger → each']) });
  select(['each']);
  addItem(filter);
  const { edges, steps } = useEditor.getState().document;
  const added = Object.keys(steps).find((id) => steps[id]?.kind === 'filter');
  expect(edges).toContainEqual({ from: ['each', 'next'], to: added });
});
