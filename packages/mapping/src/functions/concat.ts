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
  apply(run, ...parts) {
    let made = '';
    for (const part of parts) {
      if (part === null || part === undefined) continue;
      made += typeof part === 'string' ? part : readText(part);
      if (made.length > run.limits.maxTextLength) break;
    }
    return run.text(made);
  },
});
