import type { Value } from '../run.ts';
import { defineFunction } from './define-function.ts';
import { readText } from './read-argument.ts';

export const concat = defineFunction({
  name: 'concat',
  category: 'text',
  title: 'Put together',
  description: 'Puts texts behind each other. Null and missing parts are left out.',
  parameters: [{ name: 'parts', title: 'Part', type: 'any', rest: true }],
  returns: 'text',
  nulls: 'own',
  examples: [
    { args: ['Order ', 1001], result: 'Order 1001' },
    { args: ['Ada', null, ' Lovelace', undefined], result: 'Ada Lovelace' },
    { args: [['a']], fault: 'wrong_type' },
  ],
  apply: (run, ...parts) => run.text(parts.reduce<string>((made, part) => made + textOf(part), '')),
  applyLazily(run, args) {
    let made = '';
    for (const arg of args) {
      made += textOf(arg(run));
      if (made.length > run.limits.maxTextLength) break;
    }
    return run.text(made);
  },
});

function textOf(part: Value): string {
  if (typeof part === 'string') return part;
  return part === null || part === undefined ? '' : readText(part);
}
