import { describe, expect, it } from 'vitest';
import { checkMapping } from './check/check-mapping.ts';
import { compileMapping } from './compile-mapping.ts';
import type { Expression, MappingDocument } from './document.ts';
import { functions } from './functions/index.ts';
import { mappingWords } from './words.en.ts';

const words = mappingWords();

describe('the words of mappings', () => {
  it('have a code of their own each', () => {
    const inputs = Object.values(functions).flatMap(({ parameters }) => parameters);
    const ofFunctions = Object.keys(words).filter((code) => code.startsWith('mapping.function.'));
    expect(ofFunctions).toHaveLength(Object.keys(functions).length * 2 + inputs.length);
    expect(Object.keys(words).filter((code) => !code.startsWith('mapping.'))).toEqual([]);
  });

  it('are all that another language needs to say what was said, down to the names of functions', () => {
    const value: Expression = { fn: 'add', args: [{ fn: 'upper', args: [{ path: ['o', 'name'] }] }, { fn: 'count', args: [{ const: 'x' }] }] };
    const document: MappingDocument = {
      format: 'weft.mapping/1',
      rules: [{ id: 'a', to: ['a'], value }, { id: 'b', to: [], value: { fn: 'upper', args: [] } }],
    };
    const problems = checkMapping(document, { sources: { o: {} }, target: { type: 'object', properties: { a: { type: 'string' } } } });
    const running = { ...document, rules: [{ id: 'a', to: ['a'], value: { fn: 'add', args: [{ path: ['o', 'name'] }, { const: 1 }] } }] };
    const { errors } = compileMapping(running).run({ o: { name: 'x' } }, { now: new Date(0), seed: 'test' });
    const said = [...problems, ...problems.flatMap(({ fixes = [] }) => fixes), ...errors].map(({ sentence }) => sentence);
    expect(said.length).toBeGreaterThan(3);
    expect(said.flatMap(codesIn).filter((code) => !Object.hasOwn(words, code))).toEqual([]);
    expect(codesIn(errors[0]?.sentence)).toEqual(['mapping.inArgument', 'mapping.function.add', 'mapping.function.add.input.first', 'mapping.number.none']);
  });
});

function codesIn(said: unknown): string[] {
  if (typeof said !== 'object' || said === null || !('code' in said)) return [];
  return [String(said.code), ...('values' in said ? Object.values(said.values ?? {}).flatMap(codesIn) : [])];
}
