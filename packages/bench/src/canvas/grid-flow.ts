import type { FlowDocument, Step } from '@weft/flow';

/** A flow of so many steps in rows of 40, each row a chain: what a large, honest flow looks like to the canvas. */
export function gridFlow(size: number): FlowDocument {
  const flow: FlowDocument = {
    format: 'weft.flow/1',
    title: `${size} steps`,
    steps: {
      trigger: { kind: 'trigger', title: 'Call', use: { connector: 'webhook', version: '1.0.0', operation: 'receive' }, config: { path: `grid-${size}` } },
    },
    edges: [],
    layout: { trigger: [0, 0] },
    notes: [],
  };
  for (let index = 1; index < size; index += 1) {
    const id = `step${index}`;
    flow.steps[id] = step(index);
    flow.layout[id] = [(index % 40) * 320, Math.floor(index / 40) * 160];
    flow.edges.push({ from: [index % 40 === 0 ? 'trigger' : index === 1 ? 'trigger' : `step${index - 1}`, 'next'], to: id });
  }
  return flow;
}

function step(index: number): Step {
  if (index % 5 === 0) {
    return { kind: 'transform', title: `Map fields ${index}`, input: { format: 'weft.mapping/1', rules: [{ id: 'r1', to: ['n'], value: { const: index } }] } };
  }
  return {
    kind: 'action',
    title: `Send to service ${index}`,
    use: { connector: 'http', version: '1.0.0', operation: 'request' },
    config: { method: 'POST' },
    input: { format: 'weft.mapping/1', rules: [{ id: 'r1', to: ['url'], value: { const: `https://api.example.com/items/${index}` } }] },
  };
}
