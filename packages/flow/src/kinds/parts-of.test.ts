import { isObject } from '@weft/json-schema';
import type { MappingDocument } from '@weft/mapping';
import { describe, expect, it } from 'vitest';
import type { Step, StepKind, StepOf } from '../document.ts';
import { parseFlow } from '../parse/parse-flow.ts';
import { flowOf, mappingOf, path } from '../testing/index.ts';
import { kinds } from './kinds.ts';
import { inputOf, isMapped, operationsOf, partsOf, withAt, withInput } from './parts-of.ts';
import type { OperationUse } from './step-base.ts';

const base = { title: 'Step', in: 'loop', note: 'n', schemas: {}, samples: [], pinned: 0 };
const operation: Required<OperationUse> = { use: { connector: 'c', version: '1.0.0', operation: 'o' }, config: {}, connection: 'conn_1' };
const effects = { retry: { attempts: 2, backoff: 'fixed' as const }, timeoutMs: 1_000, onError: 'port' as const };
const input = mappingOf({ a: path('trigger', 'x') });
const expression = path('trigger', 'x');

/** A step of each kind with everything that it may have: a new key does not compile until it stands here. */
const full: { [K in StepKind]: Required<StepOf<K>> } = {
  trigger: { kind: 'trigger', ...base, ...operation },
  action: { kind: 'action', ...base, ...operation, ...effects, delivery: 'at-least-once', input },
  transform: { kind: 'transform', ...base, ...effects, input },
  filter: { kind: 'filter', ...base, condition: expression },
  branch: { kind: 'branch', ...base, cases: [{ id: 'a', title: 'A', condition: expression }] },
  forEach: {
    kind: 'forEach',
    ...base,
    items: expression,
    source: { ...operation, input, record: {}, samples: [] },
    batchSize: 1,
    as: 'item',
    concurrency: 1,
    onItemError: 'stop',
    collect: expression,
  },
  respond: { kind: 'respond', ...base, input },
  wait: { kind: 'wait', ...base, mode: 'duration', durationMs: 1, date: expression, key: expression, timeoutMs: 1, sender: operation },
  approval: { kind: 'approval', ...base, question: 'May it?', assignees: { users: ['usr_1'], roles: [] }, input, timeoutMs: 1, onTimeout: 'reject' },
  subflow: { kind: 'subflow', ...base, onError: 'port', flow: 'flow_1', version: 1, input },
  stop: { kind: 'stop', ...base, outcome: 'failed', message: 'm' },
};

type Found = Record<'mappings' | 'expressions' | 'connections', string[]>;

/** Where a value has what looks like a mapping, an expression that is none's part, or a connection; without asking any kind. */
function look(value: unknown, at: string, found: Found): Found {
  if (Array.isArray(value)) value.forEach((item, index) => look(item, `${at}/${index}`, found));
  if (!isObject(value)) return found;
  if (value['format'] === 'weft.mapping/1') found.mappings.push(at);
  else if (Array.isArray(value['path'])) found.expressions.push(at);
  else for (const [key, item] of Object.entries(value)) look(item, `${at}/${key}`, found);
  if ('connection' in value) found.connections.push(at);
  return found;
}

describe('the parts of a step', () => {
  const steps = Object.values<Step>(full);

  it.each(steps)('of the kind $kind are all that the rest of the flow has to do with', (step) => {
    const found = look(step, '', { mappings: [], expressions: [], connections: [] });
    const at = (key: 'mapping' | 'expression' | 'operation') =>
      partsOf(step).filter((part) => key in part).map(({ path: place }) => place.map((segment) => `/${segment}`).join(''));
    expect(at('mapping')).toEqual(found.mappings);
    expect(at('expression').toSorted()).toEqual(found.expressions.toSorted());
    expect(at('operation')).toEqual(found.connections);
  });

  it.each(steps)('of the kind $kind stand where they say', (step) => {
    const at = (path: readonly string[]) => path.reduce<unknown>((within, key) => (within as Record<string, unknown>)[key], step);
    for (const { path, ...part } of partsOf(step)) expect(at(path)).toEqual(Object.values(part)[0]);
  });

  it.each(steps)('do not get lost when a step of the kind $kind is read', (step) => {
    const { in: _loop, ...read } = step;
    expect(parseFlow(flowOf({ step: read as Step }))).toMatchObject({ flow: { steps: { step: read } } });
  });

  it('that are not used with the other settings are there and not called', () => {
    expect(operationsOf(full.wait)).toEqual([]);
    expect(operationsOf({ ...full.wait, mode: 'signal' })).toMatchObject([{ path: ['sender'], role: 'signal' }]);
  });
});

describe('the mapping of a step', () => {
  const other: MappingDocument = mappingOf({ b: path('trigger', 'y') });

  it('is the one that fills it, wherever it stands', () => {
    const mapped = Object.values<Step>(full).filter((step) => isMapped(step));
    expect(mapped.map(({ kind }) => kind).toSorted()).toEqual(['action', 'approval', 'forEach', 'respond', 'subflow', 'transform']);
    for (const step of mapped) expect(inputOf(withInput(step, other))).toEqual(other);
    expect(withInput(full.forEach, other)).toMatchObject({ source: { connection: 'conn_1', input: other } });
  });

  it('is not there for a loop over a list', () => {
    const { source: _source, ...overList } = full.forEach;
    expect(isMapped(overList)).toBe(false);
    expect(withInput(overList, other)).toBe(overList);
  });
});

it('a place of a step is changed, filled and cleared without touching what is beside it', () => {
  expect(withAt(full.branch, ['cases', '0', 'condition'], undefined)).toEqual({ ...full.branch, cases: [{ id: 'a', title: 'A' }] });
  expect(withAt(full.stop, ['message'], 'other')).toEqual({ ...full.stop, message: 'other' });
  expect(Object.keys(withAt(full.stop, ['message'], 'other'))).toEqual(Object.keys(full.stop));
});

it('every kind of the product is in the table', () => {
  expect(Object.keys(kinds).toSorted()).toEqual(Object.keys(full).toSorted());
});
