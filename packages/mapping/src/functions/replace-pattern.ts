import { defineFunction } from './define-function.ts';
import { replaceMatches } from './pattern.ts';

export const replacePattern = defineFunction({
  name: 'replacePattern',
  category: 'text',
  title: 'Replace a pattern',
  description: 'Puts another text wherever a regular expression matches. $1 stands for what the first group matched.',
  parameters: [
    { name: 'text', title: 'Text', type: 'text' },
    { name: 'pattern', title: 'Pattern', type: 'text' },
    { name: 'replacement', title: 'Replace with', type: 'text' },
  ],
  returns: 'text',
  examples: [
    { args: ['+47 555-01 23', '[^0-9+]', ''], result: '+475550123' },
    { args: ['Lovelace, Ada', '^(.*), (.*)$', '$2 $1'], result: 'Ada Lovelace' },
    { args: ['5 EUR', '([0-9]+) EUR', '$$$1'], result: '$5' },
    { args: ['abc', '(', ''], fault: 'bad_pattern' },
  ],
  apply: replaceMatches,
});
