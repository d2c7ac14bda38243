import { defineFunction } from './define-function.ts';
import { matchesPattern } from './pattern.ts';

export const matches = defineFunction({
  name: 'matches',
  category: 'text',
  title: 'Matches a pattern',
  description: 'True when a regular expression matches somewhere in the text; use ^ and $ for the whole text.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'pattern', title: 'Pattern', type: 'text' },
  ],
  returns: 'boolean',
  examples: [
    { args: ['NO-4711', '^[A-Z]{2}-[0-9]+$'], result: true },
    { args: ['4711', '^[A-Z]'], result: false },
    { args: ['x', '(?=x)'], fault: 'bad_pattern' },
  ],
  apply: matchesPattern,
});
