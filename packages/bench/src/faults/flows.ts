import type { FlowDocument, RetryPolicy, Step } from '@weft/flow';

/** Every flow has an address of its own. */
let flows = 0;

const receive = (path: string, respond: 'when-finished' | 'immediately'): Step => ({
  kind: 'trigger',
  title: 'Received',
  use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
  config: { path: `${path}-${(flows += 1)}`, method: 'POST', respond },
});

const flow = (title: string, steps: Record<string, Step>): FlowDocument => ({
  format: 'weft.flow/1',
  title,
  steps,
  edges: Object.keys(steps).slice(1).map((to, index) => ({ from: [Object.keys(steps)[index] as string, 'next'], to })),
  layout: {},
  notes: [],
});

const answer: Step = {
  kind: 'respond',
  title: 'Answer',
  input: {
    format: 'weft.mapping/1',
    rules: [{ id: 'r1', to: ['status'], value: { const: 200 } }, { id: 'r2', to: ['body'], value: { path: ['trigger', 'body'] } }],
  },
};

/** Receives and says back what came. */
export const echoFlow = (path: string, respond: 'when-finished' | 'immediately' = 'when-finished'): FlowDocument =>
  flow('Echo', { trigger: receive(path, respond), answer });

export interface CallOptions {
  respond?: 'when-finished' | 'immediately';
  timeoutMs?: number;
  retry?: RetryPolicy;
  /** So many calls after each other. Default 1. */
  calls?: number;
}

/**
 * Receives, asks a database for a while, and answers; where it writes, with a row in between.
 * @param connection - its id.
 */
export function databaseFlow(path: string, connection: string, { timeoutMs, writes = false }: { timeoutMs?: number; writes?: boolean } = {}): FlowDocument {
  const operationOf = (operation: string) => ({ connector: 'sql', version: '1.0.0', operation });
  const read: Step = {
    kind: 'action',
    title: 'Ask',
    use: operationOf('query'),
    connection,
    config: { sql: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT count(*) AS c FROM n', limit: 1 },
    timeoutMs,
  };
  const write: Step = {
    kind: 'action',
    title: 'Keep',
    use: operationOf('insert'),
    connection,
    config: { table: 'orders', makeMissing: true },
    input: { format: 'weft.mapping/1', rules: [{ id: 'key', to: ['row', 'key'], value: { path: ['trigger', 'body', 'key'] } }] },
  };
  const trigger = receive(path, writes ? 'immediately' : 'when-finished');
  return flow('Ask a database', { trigger, read, ...(writes && { write }), answer });
}

/** Receives, posts it to a service, and answers. */
export function callFlow(path: string, url: string, { respond = 'when-finished', timeoutMs, retry, calls = 1 }: CallOptions = {}): FlowDocument {
  const call = (title: string): Step => ({
    kind: 'action',
    title,
    use: { connector: 'http', version: '1.0.0', operation: 'request' },
    config: { method: 'POST' },
    input: {
      format: 'weft.mapping/1',
      rules: [
        { id: 'url', to: ['url'], value: { const: url } },
        { id: 'body', to: ['body'], value: { path: ['trigger', 'body'] } },
      ],
    },
    timeoutMs,
    retry,
  });
  const steps = Object.fromEntries(Array.from({ length: calls }, (_, index) => [`call${index + 1}`, call(`Call ${index + 1}`)]));
  return flow('Call a service', { trigger: receive(path, respond), ...steps, answer });
}
