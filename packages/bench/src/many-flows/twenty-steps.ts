import type { FlowDocument, Step } from '@weft/flow';

/** One of many flows as people make them: called or by the clock, then requests and mappings. */
export function twentySteps(index: number): FlowDocument {
  const flow: FlowDocument = {
    format: 'weft.flow/1',
    title: `Flow ${String(index).padStart(4, '0')}`,
    steps: { trigger: trigger(index) },
    edges: [],
    layout: { trigger: [0, 0] },
    notes: [],
  };
  let before = 'trigger';
  for (let at = 1; at < 20; at += 1) {
    const id = `step${at}`;
    flow.steps[id] = at % 4 === 0 ? shape(at) : request(at);
    flow.layout[id] = [at * 320, 0];
    flow.edges.push({ from: [before, 'next'], to: id });
    before = id;
  }
  return flow;
}

function trigger(index: number): Step {
  if (index % 2 === 0) {
    return { kind: 'trigger', title: 'A call', use: { connector: 'webhook', version: '1.0.0', operation: 'receive' }, config: { path: `many-${index}` } };
  }
  // Once a year, so that nothing runs while it is measured.
  return {
    kind: 'trigger',
    title: 'By the clock',
    use: { connector: 'schedule', version: '1.0.0', operation: 'cron' },
    config: { cron: '0 3 29 2 *', timezone: 'Europe/Madrid' },
  };
}

const shape = (at: number): Step => ({
  kind: 'transform',
  title: `Map fields ${at}`,
  input: { format: 'weft.mapping/1', rules: Array.from({ length: 12 }, (_, field) => ({ id: `r${field}`, to: [`field${field}`], value: { const: field } })) },
});

const request = (at: number): Step => ({
  kind: 'action',
  title: `Send to service ${at}`,
  use: { connector: 'http', version: '1.0.0', operation: 'request' },
  config: { method: 'POST' },
  input: {
    format: 'weft.mapping/1',
    rules: [
      { id: 'url', to: ['url'], value: { const: `https://api.example.com/items/${at}` } },
      { id: 'body', to: ['body'], value: { path: ['trigger'] } },
    ],
  },
});
