// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undo, useEditor } from '../editor/state/index.ts';
import { MapperDialog } from './mapper-dialog.tsx';
import { chooseSource, selectTarget, setView } from './mapper-state.ts';
import { loadFlow, mappingNow, renderInEditor } from './testing/editor-with-flow.tsx';

const from = () => screen.getByRole('tree', { name: 'From' });
const to = () => screen.getByRole('tree', { name: 'To' });
const row = (tree: HTMLElement, name: string) => {
  const found = within(tree).getAllByRole('treeitem').find((item) => within(item).queryByText(name) !== null);
  if (!found) throw new Error(`There is no row “${name}”.`);
  return found;
};
const join = (source: string, target: string): void => {
  fireEvent.click(row(from(), source));
  fireEvent.click(row(to(), target));
};

beforeEach(() => {
  loadFlow();
  chooseSource(null);
  selectTarget(null);
  setView('lines');
  renderInEditor(<MapperDialog stepId="send" onClose={() => undefined} />);
});
afterEach(cleanup);

describe('the mapper', () => {
  it('shows what there is, with its values, beside what is wanted', () => {
    expect(row(from(), 'order_id').textContent).toContain('A-1');
    expect(row(to(), 'url').textContent).toContain('Needs a value');
  });

  it('joins a field to a field, shows the value at once, and takes it back', async () => {
    join('order_id', 'orderId');
    expect(mappingNow()).toEqual([{ id: 'r1', to: ['orderId'], value: { path: ['trigger', 'body', 'order_id'] } }]);
    expect(row(to(), 'orderId').textContent).toContain('A-1');
    undo();
    expect(mappingNow()).toEqual([]);
  });

  it('takes a field beside those that are named, where the target does', () => {
    fireEvent.click(within(screen.getByRole('region', { name: 'To' })).getByRole('button', { name: 'Add a field' }));
    fireEvent.change(screen.getByLabelText('Add a field with the name'), { target: { value: 'color' } });
    fireEvent.submit(screen.getByLabelText('Add a field with the name'));
    expect(mappingNow()).toEqual([{ id: 'r1', to: ['color'], value: { path: [] } }]);
    expect(row(to(), 'color')).toBeTruthy();
  });

  it('makes fields of a text that holds JSON, by a step in front, and takes that back', () => {
    fireEvent.click(within(row(from(), 'payload')).getByRole('button', { name: 'Read as JSON' }));
    const { document } = useEditor.getState();
    expect(document.edges.map(({ from: [before], to: behind }) => `${before} → ${behind}`)).toEqual(['trigger → fields', 'fields → send']);
    expect(row(from(), 'Read payload')).toBeTruthy();
    join('message', 'firstTag');
    expect(mappingNow()).toEqual([{ id: 'r1', to: ['firstTag'], value: { path: ['fields', 'gift', 'message'] } }]);
    expect(row(to(), 'firstTag').textContent).toContain('Hi');
    undo();
    undo();
    expect(Object.keys(useEditor.getState().document.steps)).toEqual(['trigger', 'send']);
    expect(within(row(from(), 'order_id')).queryByRole('button', { name: 'Read as JSON' })).toBeNull();
  });

  it('can be used with the keyboard alone', () => {
    fireEvent.focus(from());
    for (let presses = 0; presses < 2; presses += 1) fireEvent.keyDown(from(), { key: 'ArrowDown' });
    fireEvent.keyDown(from(), { key: 'Enter' });
    fireEvent.focus(to());
    for (let presses = 0; presses < 2; presses += 1) fireEvent.keyDown(to(), { key: 'ArrowDown' });
    fireEvent.keyDown(to(), { key: 'Enter' });
    expect(mappingNow()).toEqual([{ id: 'r1', to: ['orderId'], value: { path: ['trigger', 'body', 'order_id'] } }]);
    fireEvent.keyDown(to(), { key: 'Delete' });
    expect(mappingNow()).toEqual([]);
  });

  it('repeats the lists in between when fields of their items are joined', () => {
    join('sku', 'quantity');
    expect(mappingNow()).toEqual([
      {
        id: 'r1',
        to: ['rows'],
        forEach: { in: { path: ['trigger', 'body', 'lines'] }, as: 'line' },
        rules: [{ id: 'r2', to: ['quantity'], value: { path: ['line', 'sku'] } }],
      },
    ]);
  });

  it('asks what a list is to become in a single field', () => {
    join('tags', 'firstTag');
    expect(mappingNow()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: /All items in one text/ }));
    expect(mappingNow()[0]?.value).toEqual({ fn: 'join', args: [{ path: ['trigger', 'body', 'tags'] }, { const: ', ' }] });
  });

  it('proposes equal names and maps them only when asked', () => {
    fireEvent.click(screen.getByRole('button', { name: 'Map equal names' }));
    expect(mappingNow()).toEqual([]);
    const dialog = screen.getByRole('dialog', { name: 'Map fields with equal names' });
    expect(within(dialog).getByText('body › customer › email')).toBeTruthy();
    fireEvent.click(within(dialog).getByRole('button', { name: /^Map \d+ fields$/ }));
    expect(mappingNow().map((rule) => rule.to.join('.'))).toEqual(['orderId', 'email', 'rows']);
    undo();
    expect(mappingNow()).toEqual([]);
  });

  it('says the same in a list', () => {
    join('order_id', 'orderId');
    fireEvent.click(screen.getByRole('radio', { name: 'List' }));
    const table = screen.getByRole('table', { name: 'List' });
    expect(within(table).getByRole('row', { name: /^orderId.*A-1/ })).toBeTruthy();
    fireEvent.click(within(table).getByRole('button', { name: 'Take the value of orderId away' }));
    expect(mappingNow()).toEqual([]);
  });
});
