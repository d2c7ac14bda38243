import { canonical } from './canonical.ts';
import { defineFunction } from './define-function.ts';

export const includes = defineFunction({
  name: 'includes',
  category: 'list',
  title: 'List has',
  description: 'True when one of the items is the same as the value.',
  parameters: [
    { name: 'list', title: 'List', type: 'list' },
    { name: 'value', title: 'Value', type: 'any' },
  ],
  returns: 'boolean',
  examples: [
    { args: [['bug', 'urgent'], 'bug'], result: true },
    { args: [['bug'], 'Bug'], result: false },
    { args: [[{ id: 1 }], { id: 1 }], result: true },
    { args: [[], 'bug'], result: false },
  ],
  apply(_run, list, value) {
    const wanted = canonical(value ?? null);
    return list.some((item) => canonical(item) === wanted);
  },
});
