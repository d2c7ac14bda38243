import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { connector, operation } from '@weft/connector-sdk/testing';
import { emptyFlow, inputOf, isMapped, type FlowDocument } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';
import type { MappingDocument } from '@weft/mapping';
import type { ReactNode } from 'react';
import { onTestFinished } from 'vitest';
import { WorkspaceProvider } from '../../api/index.ts';
import { setConnectors, setDocument, useEditor } from '../../editor/state/index.ts';
import '../../locales/i18n.ts';

const text: JsonSchema = { type: 'string' };

/** What a shop sends. */
export const order = {
  order_id: 'A-1',
  customer: { name: 'Ada', email: 'ada@example.com' },
  tags: ['web', 'new'],
  payload: '{"gift":{"message":"Hi"}}',
  lines: [
    { sku: 'TEA', quantity: 2 },
    { sku: 'CUP', quantity: 1 },
  ],
};

const shop = connector({
  id: 'shop',
  operations: [
    operation('ordered', {
      kind: 'trigger',
      title: 'Ordered',
      trigger: { strategy: 'manual' },
      output: { type: 'object', properties: { body: { 'x-open': true } } },
      outputSource: 'declared',
    }),
    operation('send', {
      title: 'Send',
      input: {
        type: 'object',
        required: ['url'],
        additionalProperties: text,
        properties: {
          url: { ...text, title: 'Address' },
          headers: { type: 'object', title: 'Headers', additionalProperties: text },
          orderId: { ...text, title: 'Order id' },
          email: text,
          firstTag: { ...text, title: 'First tag' },
          rows: { type: 'array', items: { type: 'object', properties: { sku: text, quantity: { type: 'integer' } } } },
        },
      },
    }),
  ],
});

/** Puts a flow with a trigger and one action into the editor, as after loading. */
export function loadFlow(input?: MappingDocument): void {
  const operationOf = (operation: string) => ({ connector: 'shop', version: '1.0.0', operation });
  const draft: FlowDocument = {
    ...emptyFlow('Orders'),
    steps: {
      trigger: { kind: 'trigger', title: 'Ordered', use: operationOf('ordered'), samples: [{ title: 'One', output: { body: order } }] },
      send: { kind: 'action', title: 'Send', use: operationOf('send'), input },
    },
    edges: [{ from: ['trigger', 'next'], to: 'send' }],
  };
  setConnectors([shop]);
  setDocument({
    id: 'flow_1',
    title: 'Orders',
    draft,
    revision: 1,
    enabled: false,
    paused: false,
    published: null,
    unpublishedChanges: false,
    updatedAt: '2026-01-01T00:00:00Z',
    webhookUrl: null,
  });
}

/** The mapping of the action as the editor has it now. */
export function mappingNow(): MappingDocument['rules'] {
  const step = useEditor.getState().document.steps['send'];
  return isMapped(step) ? (inputOf(step)?.rules ?? []) : [];
}

/** The action's step as it is now; draws its children anew with each change. */
export function renderInEditor(children: ReactNode): void {
  giveSizes();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } });
  render(
    <QueryClientProvider client={client}>
      <WorkspaceProvider value="ws_1">{children}</WorkspaceProvider>
    </QueryClientProvider>,
  );
}

/** jsdom lays nothing out: without sizes a virtual list would draw no rows. Holds until the test has ended. */
function giveSizes(): void {
  const nothing = (): void => undefined;
  const added: [object, string, unknown][] = [
    [Element.prototype, 'clientHeight', 900],
    [Element.prototype, 'clientWidth', 900],
    [Element.prototype, 'scrollTo', nothing],
    [Element.prototype, 'scrollIntoView', nothing],
    [globalThis, 'ResizeObserver', class { observe = nothing; unobserve = nothing; disconnect = nothing; }],
  ];
  for (const [target, name, value] of added) {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { configurable: true, writable: true, value });
    onTestFinished(() => {
      if (before) Object.defineProperty(target, name, before);
      else Reflect.deleteProperty(target, name);
    });
  }
}
