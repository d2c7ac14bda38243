import { expect, test } from 'vitest';
import type { MappingDocument, Rule } from './document.ts';
import { renameSource, renameSourceIn, renameTarget } from './rename-field.ts';

const document = (...rules: Rule[]): MappingDocument => ({ format: 'weft.mapping/1', rules });
const path = (...segments: string[]) => ({ path: segments });
const rule = (id: string, to: string[], changes: Partial<Rule> = {}): Rule => ({ id, to, value: path('o'), ...changes });

test('lines go along with the field that they fill, inside of it and of lists as well', () => {
  const before = document(
    rule('a', ['body', 'alpha']),
    rule('b', ['body', 'alpha', 'inner']),
    rule('c', ['body', 'beta', 'alpha']),
    rule('d', ['body', 'rows', '0', 'alpha']),
    { id: 'e', to: ['body', 'rows'], forEach: { in: path('o'), as: 'x' }, rules: [rule('f', ['alpha']), rule('g', ['other'])] },
    rule('h', ['alpha']),
  );
  const to = (changed: MappingDocument) => changed.rules.flatMap((one) => [one.to.join('.'), ...(one.rules ?? []).map((inner) => inner.to.join('.'))]);
  const names = ['body.alpha', 'body.alpha.inner', 'body.beta.alpha', 'body.rows.0.alpha', 'body.rows', 'alpha', 'other', 'alpha'];
  const withNew = (...changes: [number, string][]) => names.map((name, at) => changes.find(([place]) => place === at)?.[1] ?? name);
  expect(to(renameTarget(before, { path: ['body', 'alpha'], name: 'zeta' }))).toEqual(withNew([0, 'body.zeta'], [1, 'body.zeta.inner']));
  expect(to(renameTarget(before, { path: ['body', 'rows', 'alpha'], name: 'zeta' }))).toEqual(withNew([3, 'body.rows.0.zeta'], [5, 'zeta']));
  expect(to(renameTarget(before, { path: ['body', 'rows'], name: 'lines' }))).toEqual(withNew([3, 'body.lines.0.alpha'], [4, 'body.lines']));
});

test('what reads the field follows, and what has its name elsewhere stays', () => {
  const field = { path: ['shape', 'alpha'], name: 'zeta' };
  const read = (expression: Parameters<typeof renameSourceIn>[0]) => renameSourceIn(expression, field);
  expect(read(path('shape', 'alpha', 'x'))).toEqual(path('shape', 'zeta', 'x'));
  expect(read(path('shape', '0', 'alpha'))).toEqual(path('shape', '0', 'zeta'));
  expect(read(path('other', 'alpha'))).toEqual(path('other', 'alpha'));
  expect(read({ fn: 'upper', args: [path('shape', 'alpha')] })).toEqual({ fn: 'upper', args: [path('shape', 'zeta')] });
  const inner = rule('a', ['a'], { value: path('shape', 'alpha') });
  const hidden = document({ id: 'l', to: ['l'], forEach: { in: path('shape', 'alpha'), as: 'shape' }, rules: [inner] });
  const [loop] = renameSource(hidden, field).rules;
  expect([loop?.forEach?.in, loop?.rules?.[0]?.value]).toEqual([path('shape', 'zeta'), path('shape', 'alpha')]);
});
