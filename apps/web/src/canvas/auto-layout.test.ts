import { emptyFlow, type Edge, type FlowDocument, type Step } from '@weft/flow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoLayout } from './auto-layout.ts';
import { grid, loopAround, rectsOf, type Rect } from './geometry.ts';

const map = (inside?: string): Step => ({ kind: 'transform', title: 'Map', in: inside });
const loop = (inside?: string): Step => ({ kind: 'forEach', title: 'Each', as: 'item', in: inside });
const branch: Step = { kind: 'branch', title: 'Branch', cases: [{ id: 'yes', title: 'Yes' }, { id: 'maybe', title: 'Maybe' }] };
const edge = (from: string, to: string, port = 'next'): Edge => ({ from: [from, port], to });
const flowOf = (steps: Record<string, Step>, edges: Edge[]): FlowDocument => ({ ...emptyFlow('Flow'), steps, edges });

describe('tidying up', () => {
  it('puts a chain in one line, from left to right', () => {
    const layout = autoLayout(flowOf({ a: map(), b: map(), c: map() }, [edge('a', 'b'), edge('b', 'c')]));
    expect(new Set(Object.values(layout).map(([, y]) => y)).size).toBe(1);
    expect(layout['a']?.[0]).toBeLessThan(layout['b']?.[0] ?? 0);
    expect(layout['b']?.[0]).toBeLessThan(layout['c']?.[0] ?? 0);
  });

  it('breaks a long flow into rows that begin at the left again', () => {
    const names = Array.from({ length: 12 }, (_, at) => `s${at}`);
    const layout = autoLayout(flowOf(Object.fromEntries(names.map((name) => [name, map()])), names.slice(1).map((name, at) => edge(names[at] ?? '', name))));
    const rows = Map.groupBy(names, (name) => layout[name]?.[1]);
    expect([...rows.values()].map((row) => row.length)).toEqual([5, 5, 2]);
    for (const [first = ''] of rows.values()) expect(layout[first]?.[0]).toBe(0);
  });

  it('draws the cases of a branch from top to bottom in their order', () => {
    const layout = autoLayout(flowOf({ branch, z: map(), y: map(), x: map() }, [
      edge('branch', 'x', 'else'),
      edge('branch', 'y', 'maybe'),
      edge('branch', 'z', 'yes'),
    ]));
    const [yes, maybe, otherwise] = [layout['z']?.[1] ?? 0, layout['y']?.[1] ?? 0, layout['x']?.[1] ?? 0];
    expect(yes).toBeLessThan(maybe);
    expect(maybe).toBeLessThan(otherwise);
  });

  it('keeps a chain in one line also where a loop stands in it', () => {
    const layout = autoLayout(flowOf({ a: map(), each: loop(), inner: map('each'), b: map() }, [edge('a', 'each'), edge('each', 'b')]));
    expect(layout['each']?.[1]).toBe(layout['a']?.[1]);
    expect(layout['b']?.[1]).toBe(layout['a']?.[1]);
  });

  it('puts everything on the grid, and nothing on top of anything else', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const layout = autoLayout(flow);
        for (const [x, y] of Object.values(layout)) expect([x % grid === 0, y % grid === 0]).toEqual([true, true]);
        const rects = rectsOf({ ...flow, layout });
        const ids = Object.keys(flow.steps);
        for (const a of ids) {
          for (const b of ids) {
            if (a >= b || loopAround(flow.steps, a) !== loopAround(flow.steps, b)) continue;
            expect(apart(rects.get(a) as Rect, rects.get(b) as Rect)).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

const apart = (a: Rect, b: Rect): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

const ids = Array.from({ length: 9 }, (_, index) => `s${index}`);
/** Edges lead from lower to higher numbers and stay in one loop, so there is no circle; `each` holds every third step. */
const anyFlow: fc.Arbitrary<FlowDocument> = fc
  .uniqueArray(fc.tuple(fc.nat(8), fc.nat(8)), { selector: String, maxLength: 14 })
  .map((pairs) => {
    const inside = (index: number) => (index % 3 === 2 ? 'each' : undefined);
    const steps = Object.fromEntries(ids.map((id, index): [string, Step] => [
      id,
      index % 4 === 1 ? { ...branch, ...(inside(index) && { in: 'each' }) } : map(inside(index)),
    ]));
    const edges = pairs.filter(([from, to]) => from < to && inside(from) === inside(to)).map(([from, to]) => edge(`s${from}`, `s${to}`));
    return flowOf({ ...steps, each: loop() }, edges);
  });
