import { describe, expect, it } from 'vitest';
import { namedParameters } from './named-parameters.ts';

const rendered = (sql: string) => namedParameters(sql).render((_name, position) => `$${position}`);

describe('the parameters of a query', () => {
  it('are its names, in order, each once', () => {
    expect(namedParameters('SELECT :b, :a, :b').names).toEqual(['b', 'a']);
    expect(rendered('SELECT :b, :a, :b')).toBe('SELECT $1, $2, $1');
  });

  it.each([
    ['quoted text', `SELECT ':no' , 'it''s :no'`],
    ['quoted names', 'SELECT ":no"'],
    ['line comments', 'SELECT 1 -- :no'],
    ['block comments', 'SELECT /* :no */ 1'],
    ['dollar quotes', 'SELECT $$ :no $$, $tag$ :no $tag$'],
    ['casts', `SELECT '1'::integer`],
    ['times', `SELECT 1 WHERE a = '12:30:no'`],
  ])('are not found in %s', (_what, sql) => {
    expect(namedParameters(sql).names).toEqual([]);
    expect(rendered(sql)).toBe(sql);
  });

  it('are found next to a cast', () => {
    expect(rendered('SELECT :id::integer')).toBe('SELECT $1::integer');
  });
});
