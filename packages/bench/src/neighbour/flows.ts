import type { FlowDocument, Step } from '@weft/flow';
import type { Expression, Rule } from '@weft/mapping';

let flows = 0;

/** A flow of these steps, one behind the other, behind a call that is answered at once. */
export function calledFlow(steps: Record<string, Step>): FlowDocument {
  const all: Record<string, Step> = {
    trigger: {
      kind: 'trigger',
      title: 'A call',
      use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
      config: { path: `bad-${(flows += 1)}`, respond: 'immediately' },
      samples: [{ title: 'A call', output: { method: 'POST', headers: {}, query: {}, body: { text: 'x', list: [1], customer: 'Ada' } } }],
    },
    ...steps,
  };
  const ids = Object.keys(all);
  return {
    format: 'weft.flow/1',
    title: 'Bad',
    steps: all,
    edges: ids.slice(1).map((to, at) => ({ from: [ids[at] ?? '', 'next'], to })),
    layout: {},
    notes: [],
  };
}

export const shape = (...rules: Rule[]): Step => ({ kind: 'transform', title: 'Map', input: { format: 'weft.mapping/1', rules } });

export const rule = (name: string, value: Expression): Rule => ({ id: name, to: [name], value });

export const body = (...path: string[]): Expression => ({ path: ['trigger', 'body', ...path] });

/** Calls a webhook with JSON. */
export async function call(url: string, payload: unknown, signal: AbortSignal): Promise<number> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload), signal });
  await response.arrayBuffer();
  return response.status;
}
