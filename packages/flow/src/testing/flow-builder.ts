import { defined, type Json } from '@weft/json-schema';
import type { Expression, MappingDocument } from '@weft/mapping';
import { emptyFlow, type FlowDocument, type Step } from '../document.ts';

/** A flow from steps and arrows: `flowOf({ trigger, http }, ['trigger → http', 'http.error → alert'])`. For tests. */
export function flowOf(steps: Record<string, Step>, arrows: string[] = [], changes: Partial<FlowDocument> = {}): FlowDocument {
  return {
    ...emptyFlow('Test'),
    steps,
    edges: arrows.map((arrow) => {
      const [from = '', to = ''] = arrow.split(' → ');
      const [stepId = '', port = 'next'] = from.split('.');
      return { from: [stepId, port], to };
    }),
    layout: Object.fromEntries(Object.keys(steps).map((stepId, at) => [stepId, [at * 200, 0]])),
    ...changes,
  };
}

export const path = (...segments: string[]): Expression => ({ path: segments });
export const fn = (name: string, ...args: Expression[]): Expression => ({ fn: name, args });
export const constant = (value: Json): Expression => ({ const: value });

/** A mapping with one rule per target, `{ 'body.email': path('trigger', 'body', 'email') }`. */
export const mappingOf = (rules: Record<string, Expression>, options?: MappingDocument['options']): MappingDocument => defined({
  format: 'weft.mapping/1',
  options,
  rules: Object.entries(rules).map(([to, value], at) => ({ id: `r${at + 1}`, to: to === '' ? [] : to.split('.'), value })),
});

export const webhook = (changes: object = {}): Step => ({
  kind: 'trigger',
  title: 'Order received',
  use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
  config: { path: 'orders' },
  ...changes,
});

export const http = (changes: object = {}): Step => ({
  kind: 'action',
  title: 'Send to ERP',
  use: { connector: 'http', version: '1.0.0', operation: 'request' },
  config: { method: 'POST' },
  input: mappingOf({ url: { const: 'https://erp.example/orders' } }),
  ...changes,
});

export const transform = (changes: object = {}): Step => ({ kind: 'transform', title: 'Reshape', input: mappingOf({}), ...changes });
export const respond = (changes: object = {}): Step => ({ kind: 'respond', title: 'Answer', input: mappingOf({}), ...changes });
export const filter = (changes: object = {}): Step => ({ kind: 'filter', title: 'Only paid', condition: { const: true }, ...changes });
export const stop = (changes: object = {}): Step => ({ kind: 'stop', title: 'Stop here', ...changes });

export const wait = (changes: object = {}): Step => ({
  kind: 'wait',
  title: 'Wait for payment',
  mode: 'signal',
  key: path('trigger', 'body', 'id'),
  ...changes,
});
export const approval = (changes: object = {}): Step => ({
  kind: 'approval',
  title: 'Ask the boss',
  question: 'May this be sent?',
  assignees: { users: [], roles: ['owner'] },
  ...changes,
});

export const branch = (changes: object = {}): Step => ({
  kind: 'branch',
  title: 'Which kind',
  cases: [
    { id: 'bug', title: 'It is a bug', condition: { const: true } },
    { id: 'idea', title: 'It is an idea', condition: { const: false } },
  ],
  ...changes,
});

export const forEach = (changes: object = {}): Step => ({
  kind: 'forEach',
  title: 'For each line',
  items: path('trigger', 'body', 'lines'),
  as: 'line',
  ...changes,
});
