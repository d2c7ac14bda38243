import * as flows from '@weft/flow';
import type { Edge } from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import type { Command } from '../state/command.ts';

/** Joins a port to the step that follows; `whyNotConnect` says what cannot be joined, which stays as it is. */
export const connect = ({ from, to }: Edge): Command => ({
  label: i18n.t('editor:did.connect'),
  apply: (flow) => flows.connect(flow, from, to),
});

export const disconnect = (edges: readonly Edge[]): Command => ({
  label: i18n.t('editor:did.disconnect'),
  apply: (flow) => (edges.some((edge) => flow.edges.some((other) => flows.sameEdge(edge, other))) ? edges.reduce(flows.disconnect, flow) : flow),
});
