import { uniqueStepId, type FlowDocument, type Step } from '@weft/flow';
import { typedJson, type Json } from '@weft/json-schema';
import { i18n } from '../locales/i18n.ts';
import { insertOnEdge } from '../editor/commands/index.ts';
import { dispatch } from '../editor/state/index.ts';
import type { SourceRow } from './tree/source-tree.ts';
import { each } from './rules/places.ts';
import './words.ts';

/** Longer ones are looked at by whoever asks for it: a tree has many rows. */
const maxLooked = 100_000;

/** Whether a text of the sample is an object or a list, written as JSON. */
export function holdsJson(sample: Json | undefined): boolean {
  if (typeof sample !== 'string' || sample.length > maxLooked || !/^\s*[{[]/.test(sample)) return false;
  const read = typedJson(sample);
  return read !== undefined && 'value' in read;
}

/**
 * Puts a step in front of this one that reads the text, so that what is in it are fields like any other.
 * @returns its id; undefined where it has no single place: in a list, or where several ways lead to the step.
 */
export function readJsonBefore(flow: FlowDocument, stepId: string, { place, name }: SourceRow): string | undefined {
  const [edge, ...others] = flow.edges.filter(({ to }) => to === stepId);
  if (!edge || others.length > 0 || place.includes(each)) return undefined;
  const id = uniqueStepId(flow, 'fields');
  const step: Step = {
    kind: 'transform',
    title: i18n.t('mapper:readJson.title', { name }),
    input: { format: 'weft.mapping/1', rules: [{ id: 'whole', to: [], value: { fn: 'parseJson', args: [{ path: place }] } }] },
  };
  dispatch(insertOnEdge(edge, id, step));
  return id;
}
