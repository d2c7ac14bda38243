import { describe, expect, it } from 'vitest';
import { branch, flowOf, http, mappingOf, path, webhook } from '../testing/flow-builder.ts';
import { sameBehaviour } from './behaviour-of.ts';
import { diffFlows, isEmptyDiff } from './diff-flows.ts';

const input = mappingOf({ 'body.id': path('trigger', 'body', 'id'), 'body.old': path('trigger', 'body') });
const before = flowOf(
  { trigger: webhook(), erp: http({ input }), which: branch() },
  ['trigger → erp', 'erp → which'],
);
const withErp = (changes: object) => ({ ...before, steps: { ...before.steps, erp: http({ input, ...changes }) } });
const sentences = (after: typeof before) => {
  const diff = diffFlows(before, after);
  return [...diff.flow, ...diff.steps, ...diff.edges].map(({ message }) => message);
};

describe('two flows behave the same', () => {
  it('when only places, notes, samples or the order of keys differ', () => {
    const moved = { ...before, layout: { erp: [9, 9] as [number, number] }, notes: [{ id: 'n', text: 'hi', at: [0, 0] as [number, number] }] };
    const noted = withErp({ note: 'look here', samples: [{ title: 'S', output: 1 }], pinned: 0 });
    const reordered = { ...before, steps: Object.fromEntries(Object.entries(before.steps).toReversed()), edges: before.edges.toReversed() };
    for (const other of [moved, noted, reordered, withErp({ connection: undefined })]) {
      expect(sameBehaviour(before, other)).toBe(true);
      expect(isEmptyDiff(diffFlows(before, other))).toBe(true);
    }
  });

  it('not when a setting, an edge or a rule differs', () => {
    for (const other of [withErp({ config: { method: 'PUT' } }), { ...before, edges: [] }, withErp({ input: mappingOf({}) })]) {
      expect(sameBehaviour(before, other)).toBe(false);
      expect(isEmptyDiff(diffFlows(before, other))).toBe(false);
    }
  });
});

describe('what changed reads as sentences', () => {
  it('for settings, retries and the flow itself', () => {
    expect(sentences(withErp({ config: { method: 'PUT' } }))).toEqual(['“Send to ERP”: The setting “method” changed from “POST” to “PUT”.']);
    expect(sentences(withErp({ retry: { attempts: 3, backoff: 'fixed' } }))).toEqual(['“Send to ERP” has 2 changes.']);
    expect(diffFlows(before, withErp({ retry: { attempts: 3, backoff: 'fixed' } })).steps[0]?.fields.map(({ path: at }) => at)).toEqual([
      ['retry', 'attempts'],
      ['retry', 'backoff'],
    ]);
    expect(sentences({ ...before, settings: { timezone: 'Europe/Oslo' } })).toEqual(['The time zone was set to “Europe/Oslo”.']);
  });

  it('for added and removed steps and edges', () => {
    const after = flowOf({ trigger: webhook(), which: branch(), extra: http({ title: 'New' }) }, ['trigger → which', 'which.bug → extra']);
    expect(sentences(after)).toEqual([
      '“New” was added.',
      '“Send to ERP” was removed.',
      '“Order received” → “Which kind” is connected.',
      '“Which kind” (It is a bug) → “New” is connected.',
      '“Order received” → “Send to ERP” is no longer connected.',
      '“Send to ERP” → “Which kind” is no longer connected.',
    ]);
  });

  it('rule by rule for a mapping, case by case for a branch', () => {
    const after = withErp({ input: { ...mappingOf({ 'body.id': path('trigger', 'body', 'number') }) } });
    expect(diffFlows(before, after).steps[0]?.fields.map(({ path: at, message }) => `${at.join('.')}: ${message}`)).toEqual([
      'input.rules.r1: The mapping of “body › id” changed.',
      'input.rules.r2: The mapping of “body › old” was removed.',
    ]);
    const cases = { ...before, steps: { ...before.steps, which: branch({ cases: [] }) } };
    expect(diffFlows(before, cases).steps[0]?.fields[0]?.message).toBe('The case “It is a bug” was removed.');
  });
});
