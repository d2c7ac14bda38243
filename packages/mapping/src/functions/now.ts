import { defineFunction } from './define-function.ts';
import { writeDateTime } from './iso-time.ts';

export const now = defineFunction({
  name: 'now',
  category: 'date',
  title: 'Now',
  description: 'The time at which the step runs, in UTC.',
  parameters: [],
  returns: 'date',
  resultSchema: () => ({ type: 'string', format: 'date-time' }),
  isPure: false,
  examples: [{ args: [], result: '2025-01-31T14:30:00Z' }],
  apply: (run) => writeDateTime(run.now.getTime(), 0),
});
