import { describe, expect, it } from 'vitest';
import { pathKey, tellApart } from './tell-apart.ts';

const source = (id: string, title: string) => ({ id, title, kind: 'step' as const, stepId: id, schema: {}, real: true });
const scope = { sources: [source('trigger', 'Order received'), source('http', 'Send it')], loops: [] };
const apart = (...paths: string[][]) => tellApart(paths, scope);

describe('paths that end the same', () => {
  it('are told apart by the step they come from', () => {
    const found = apart(['trigger', 'body', 'id'], ['http', 'body', 'id'], ['http', 'body', 'name']);
    expect(found.get(pathKey(['trigger', 'body', 'id']))).toBe('Order received');
    expect(found.get(pathKey(['http', 'body', 'id']))).toBe('Send it');
    expect(found.has(pathKey(['http', 'body', 'name']))).toBe(false);
  });

  it('in one step are told apart by the nearest segment that differs', () => {
    const found = apart(['trigger', 'body', 'buyer', 'address', 'id'], ['trigger', 'body', 'seller', 'address', 'id']);
    expect([...found.values()]).toEqual(['buyer', 'seller']);
  });

  it('is said of no path that stands alone, however often it is used', () => {
    expect(apart(['trigger', 'body', 'id'], ['trigger', 'body', 'id'], ['trigger']).size).toBe(0);
  });
});
