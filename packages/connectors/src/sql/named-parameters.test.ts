import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import sql from './index.ts';
import { inner, namedParameters } from './named-parameters.ts';

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

  it('are those that one pattern for everything finds, which needs the square of the time', () => {
    const fragments = [
      'SELECT', 'x', '12:30', ':a', ':b_1', ':A', '::int', ':a::text', 'IN (:a)', 'not  in ( :b_1 )', '= ANY(:ids)', '<> all (:ids)', '=:a', `'it''s :no'`,
      `''`, `E'\\' :no'`, `'\\'`, '":no"', '-- :no\n', '/* :no */', '/* * / :no **/', '$$ :no $$', `$t$ ' :no $$ $t$`, 'a$b', '$1',
      '(', ')', ',', ';', '\n', '-', '/',
    ];
    const sqls = fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((parts) => parts.join(' '));
    fc.assert(fc.property(sqls, (sql) => void expect(shown(sql)).toBe(shownByOnePattern(sql))), { numRuns: 2_000 });
  });

  it('stand in any text, in its order', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...`'"$-/*:aeE\\ \n(`) }), (text) => {
      const { names, render } = namedParameters(text);
      expect(render((name) => `:${name}`)).toBe(text);
      expect(names.every((name) => text.includes(`:${name}`))).toBe(true);
      expect(inner(text).length).toBeLessThanOrEqual(text.length + 2);
    }));
  });

  // The control: one pass over the text. Each of them took minutes or more.
  it.each([
    ['dollars that nobody closes', Array.from({ length: 250_000 }, (_, at) => `$t${at}$ `).join('')],
    ['quotes that nobody closes', `'${`"'' `.repeat(500_000)}`],
    ['comments that nobody closes', '/* '.repeat(700_000)],
    ['blanks behind a cast', `:a::${' '.repeat(2_000_000)}`],
    ['semicolons', `${';'.repeat(2_000_000)}x`],
    ['parameters', Array.from({ length: 250_000 }, (_, at) => `:p${at} `).join('')],
  ])('are found in megabytes of %s', (_what, text) => {
    const { render } = namedParameters(text);
    expect(render((name) => `:${name}`)).toBe(text);
    expect(inner(text).length).toBeGreaterThan(1);
  });

  it.each(['query', 'records'])('are not looked for in a text that is no query any more: %s', async (operation) => {
    const config = { sql: `SELECT ${' '.repeat(100_000)}` };
    const asked = sql.operations[operation]!.schemas!['parameters']!(createTestContext(), { config });
    await expect(asked).rejects.toMatchObject({ path: ['config', 'sql'], message: expect.stringContaining('at most 100,000 characters') });
  });
});

const shown = (sql: string): string => namedParameters(sql).render((name) => `[${name}]`, ({ name, isNot, written }) => `[${name} ${isNot} ${written}]`);

/** How parameters were found at first. */
function shownByOnePattern(sql: string): string {
  const quoted = `(?<![\\w$])[eE]'(?:[^'\\\\]|''|\\\\[\\s\\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\\$(\\w*)\\$[\\s\\S]*?\\$\\1\\$`;
  const comment = `--[^\\n]*|/\\*[\\s\\S]*?\\*/`;
  const all = `(?<![\\w$])(?<not>not\\s+)?in|(?<![<>!=@#~&|?*+/%^-])(?:=\\s*(?:any|some)|(?<other><>|!=)\\s*all)`;
  const among = `(?:${all})\\s*\\(\\s*:(?<of>[a-z_]\\w*)\\s*\\)`;
  return sql.replace(new RegExp(`${quoted}|${comment}|::|${among}|:(?<name>[a-z_]\\w*)`, 'gi'), (whole: string, ...found) => {
    const { name, of, not, other } = found.at(-1) as Record<string, string | undefined>;
    if (name !== undefined) return `[${name}]`;
    if (of === undefined) return whole;
    return `[${of} ${not !== undefined || other !== undefined} ${whole.replace(/:[a-z_]\w*(?=\s*\)$)/i, `[${of}]`)}]`;
  });
}
