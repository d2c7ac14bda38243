import { emptyFlow, type Edge, type FlowDocument, type Step } from '@weft/flow';
import { describe, expect, it } from 'vitest';
import { edgeIdOf } from '../canvas/graph.ts';
import { compareVersion } from './compare-version.ts';

const map = (title: string): Step => ({ kind: 'transform', title });
const edge = (from: string, to: string): Edge => ({ from: [from, 'next'], to });

const version: FlowDocument = {
  ...emptyFlow('Flow'),
  steps: { first: map('First'), old: map('Old'), last: map('Last') },
  edges: [edge('first', 'old'), edge('old', 'last')],
  layout: { first: [0, 0], old: [304, 0], last: [608, 0] },
};
const draft: FlowDocument = {
  ...version,
  steps: { first: map('First'), last: map('The last'), fresh: map('Fresh') },
  edges: [edge('first', 'fresh'), edge('fresh', 'last')],
  layout: { first: [0, 80], fresh: [304, 0], last: [608, 80] },
};

describe('a version compared with the draft', () => {
  const { document, marks } = compareVersion(version, draft);

  it('shows what was added, removed and changed', () => {
    expect(marks.steps).toEqual({ fresh: 'added', old: 'removed', last: 'changed' });
    expect(Object.keys(document.steps).sort()).toEqual(['first', 'fresh', 'last', 'old']);
    expect(document.steps['last']?.title).toBe('Last');
  });

  it('shows the connections of both', () => {
    expect(document.edges).toHaveLength(4);
    expect(marks.edges[edgeIdOf(edge('first', 'fresh'))]).toBe('added');
    expect(marks.edges[edgeIdOf(edge('first', 'old'))]).toBe('removed');
  });

  it('stands where the draft stands, and puts what was removed where there is room', () => {
    expect(document.layout['first']).toEqual([0, 80]);
    expect(document.layout['old']).not.toEqual(document.layout['fresh']);
  });

  it('that does the same has no marks', () => {
    expect(compareVersion(draft, draft).marks).toEqual({ steps: {}, edges: {} });
  });
});
