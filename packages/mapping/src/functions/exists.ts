import { defineFunction } from './define-function.ts';

export const exists = defineFunction({
  name: 'exists',
  category: 'logic',
  title: 'Has a value',
  description: 'True when there is a value: neither null nor missing.',
  parameters: [{ name: 'value', title: 'Value', type: 'any' }],
  returns: 'boolean',
  nulls: 'own',
  examples: [
    { args: [''], result: true },
    { args: [null], result: false },
    { args: [undefined], result: false },
  ],
  apply: (_run, value) => value !== null && value !== undefined,
});
