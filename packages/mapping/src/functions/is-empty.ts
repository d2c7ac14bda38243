import { defineFunction } from './define-function.ts';

export const isEmpty = defineFunction({
  name: 'isEmpty',
  category: 'logic',
  title: 'Is empty',
  description: 'True for null, a missing value, a text of nothing but spaces, an empty list and an object without fields.',
  parameters: [{ name: 'value', title: 'Value', type: 'any' }],
  returns: 'boolean',
  nulls: 'own',
  examples: [
    { args: [undefined], result: true },
    { args: [null], result: true },
    { args: ['  '], result: true },
    { args: [[]], result: true },
    { args: [0], result: false },
  ],
  apply(_run, value) {
    if (value === null || value === undefined) return true;
    if (typeof value === 'string') return value.trim() === '';
    return typeof value === 'object' && Object.keys(value).length === 0;
  },
});
