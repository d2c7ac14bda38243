import { isMapped } from '@weft/flow';
// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import type { MappingDocument } from '@weft/mapping';
import { afterEach, describe, expect, it } from 'vitest';
import { operation } from '@weft/connector-sdk/testing';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch, setConnectors, undo, useEditor } from '../editor/state/index.ts';
import { loadFlow, mappingNow, renderInEditor } from '../mapper/testing/editor-with-flow.tsx';
import { InputForm } from './input-form.tsx';
import { useStep } from './use-step.ts';

function Form() {
  const step = useStep('send');
  return isMapped(step) ? <InputForm stepId="send" step={step} /> : null;
}

function show(input?: MappingDocument): void {
  loadFlow(input);
  renderInEditor(<Form />);
}

afterEach(cleanup);

describe('a field of a step’s input', () => {
  it('holds a fixed value, which is a rule of the mapping', () => {
    show();
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'https://a' } });
    fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'https://ab' } });
    expect(mappingNow()).toEqual([{ id: 'r1', to: ['url'], value: { const: 'https://ab' } }]);
    undo();
    expect(mappingNow()).toEqual([]);
  });

  it('takes a field of an earlier step behind the text that is there', () => {
    show({ format: 'weft.mapping/1', rules: [{ id: 'r1', to: ['url'], value: { const: 'https://a/' } }] });
    fireEvent.click(screen.getByRole('button', { name: /^Map Address/ }));
    const search = screen.getByRole('combobox', { name: 'Search fields' });
    fireEvent.change(search, { target: { value: 'order_id' } });
    fireEvent.keyDown(search, { key: 'Enter' });
    expect(mappingNow()).toEqual([
      { id: 'r1', to: ['url'], value: { fn: 'concat', args: [{ const: 'https://a/' }, { path: ['trigger', 'body', 'order_id'] }] } },
    ]);
    expect(screen.getByText('On the sample: https://a/A-1')).toBeTruthy();
  });

  it('shows a chip where it is mapped, and can go back to a fixed value', () => {
    show({ format: 'weft.mapping/1', rules: [{ id: 'r1', to: ['orderId'], value: { path: ['trigger', 'body', 'order_id'] } }] });
    const text = screen.getByRole('group', { name: 'Order id' });
    expect(within(text).getByText('order_id')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Type a fixed value for Order id' }));
    expect(mappingNow()).toEqual([]);
    expect(screen.getByRole('textbox', { name: 'Order id' })).toBeTruthy();
  });

  it('keeps fixed and mapped entries of a map side by side', () => {
    show({ format: 'weft.mapping/1', rules: [{ id: 'r1', to: ['headers', 'x-order'], value: { path: ['trigger', 'body', 'order_id'] } }] });
    fireEvent.click(screen.getByRole('button', { name: 'Add an entry' }));
    fireEvent.change(screen.getByLabelText('Name of entry 1'), { target: { value: 'accept' } });
    fireEvent.change(screen.getByLabelText('Value of accept'), { target: { value: 'text/plain' } });
    expect(mappingNow()).toEqual([
      { id: 'r1', to: ['headers', 'x-order'], value: { path: ['trigger', 'body', 'order_id'] } },
      { id: 'r2', to: ['headers', 'accept'], value: { const: 'text/plain' } },
    ]);
    expect(screen.getByText('x-order')).toBeTruthy();
  });
});

describe('a part whose fields are read from the other side', () => {
  it('has a field for each of them, and its description out of the way', () => {
    loadFlow();
    const open = { 'x-open': true, type: 'object', title: 'Row' } as const;
    const [shop] = useEditor.getState().connectors;
    if (!shop) throw new Error('The flow has its connector.');
    const insert = operation('send', {
      title: 'Insert',
      input: { type: 'object', required: ['row'], properties: { row: open } },
      dynamic: { input: { kind: 'schema', source: 'columns', dependsOn: [] } },
    });
    setConnectors([{ ...shop, operations: [...shop.operations.filter(({ id }) => id !== 'send'), insert] }]);
    dispatch(updateStep('send', {
      schemas: {
        input: { type: 'object', properties: { row: { type: 'object', properties: { number: { type: 'integer' }, customer: { type: ['string', 'null'] } } } } },
      },
    }));
    renderInEditor(<Form />);
    fireEvent.change(screen.getByLabelText('number'), { target: { value: '12' } });
    expect(mappingNow()).toEqual([{ id: 'r1', to: ['row', 'number'], value: { const: 12 } }]);
    expect(screen.getByRole('button', { name: /^Map customer/ })).toBeTruthy();
    expect(screen.getByText('Describe these fields by hand').closest('details')?.open).toBe(false);
  });
});
