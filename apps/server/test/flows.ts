import type { FlowDocument } from '@weft/flow';

/** Webhook → answer: the smallest flow that can be published. */
export function webhookFlow(path: string, title = `Flow at ${path}`): FlowDocument {
  return {
    format: 'weft.flow/1',
    title,
    steps: {
      trigger: {
        kind: 'trigger',
        title: 'Call arrives',
        use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
        config: { path, method: 'POST', respond: 'when-finished' },
        samples: [{ title: 'A call', output: { method: 'POST', headers: {}, query: {}, body: { customer: 'Ada' } } }],
      },
      respond: {
        kind: 'respond',
        title: 'Answer',
        input: { format: 'weft.mapping/1', rules: [{ id: 'status', to: ['status'], value: { const: 200 } }] },
      },
    },
    edges: [{ from: ['trigger', 'next'], to: 'respond' }],
    layout: { trigger: [0, 0], respond: [300, 0] },
    notes: [],
  };
}
