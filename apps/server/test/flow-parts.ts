import { emptyFlow, type FlowDocument, type Step } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import type { Expression, MappingDocument } from '@weft/mapping';
import type { FlowDetail } from '@weft/api';
import type { Person } from './weft.ts';

/** A flow from steps and arrows: `flowOf({ trigger, http1 }, ['trigger → http1', 'http1.error → alert'])`. */
export function flowOf(steps: Record<string, Step>, arrows: string[] = [], title = 'Orders'): FlowDocument {
  const edges = arrows.map((arrow): FlowDocument['edges'][number] => {
    const [from = '', to = ''] = arrow.split(' → ');
    const [stepId = '', port = 'next'] = from.split('.');
    return { from: [stepId, port], to };
  });
  return { ...emptyFlow(title), steps, edges };
}

export const path = (...segments: string[]): Expression => ({ path: segments });
export const text = (value: Json): Expression => ({ const: value });

/** A mapping with one rule per target: `{ 'body.email': path('trigger', 'body', 'email') }`. */
export const mapping = (rules: Record<string, Expression>): MappingDocument => ({
  format: 'weft.mapping/1',
  rules: Object.entries(rules).map(([to, value], at) => ({ id: `r${at}`, to: to === '' ? [] : to.split('.'), value })),
});

export const webhook = (config: Record<string, Json>): Step => ({
  kind: 'trigger',
  title: 'Call arrives',
  use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
  config: { method: 'POST', respond: 'when-finished', ...config },
});

export const manual = (): Step => ({ kind: 'trigger', title: 'By hand', use: { connector: 'manual', version: '1.0.0', operation: 'start' } });

export const http = (rules: Record<string, Expression>, changes: Partial<Extract<Step, { kind: 'action' }>> = {}): Step => ({
  kind: 'action',
  title: 'Call the service',
  use: { connector: 'http', version: '1.0.0', operation: 'request' },
  config: { method: 'POST' },
  input: mapping(rules),
  ...changes,
});

export const respond = (rules: Record<string, Expression>): Step => ({ kind: 'respond', title: 'Answer', input: mapping(rules) });

export async function createFlow(person: Person, document: FlowDocument): Promise<{ id: string; revision: number; base: string }> {
  const created = await person.send<FlowDetail>('POST', `/w/${person.workspace}/flows`, { document });
  if (created.status !== 200) throw new Error(`Not created: ${JSON.stringify(created.body)}`);
  const { id, revision } = created.body;
  return { id, revision, base: `/w/${person.workspace}/flows/${id}` };
}

/** @returns the flow's base path in the API and its webhook address. */
export async function publishFlow(person: Person, document: FlowDocument): Promise<{ id: string; base: string; url: string }> {
  const { id, revision, base } = await createFlow(person, document);
  const published = await person.send<FlowDetail>('POST', `${base}/publish`, { revision });
  if (published.status !== 200) throw new Error(`Not published: ${JSON.stringify(published.body)}`);
  return { id, base, url: published.body.webhookUrl ?? '' };
}
