import { defineFunction } from './define-function.ts';

export const toJson = defineFunction({
  name: 'toJson',
  category: 'convert',
  title: 'Write JSON',
  description: 'Writes any value as a JSON text.',
  parameters: [{ name: 'value', title: 'Value', type: 'any' }],
  returns: 'text',
  examples: [
    { args: [{ id: 7 }], result: '{"id":7}' },
    { args: ['a"b'], result: '"a\\"b"' },
  ],
  apply: (run, value) => run.text(JSON.stringify(value)),
});
