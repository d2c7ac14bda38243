import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Branch', line: 'Branch' },
  palette: { title: 'Branch', description: 'Go different ways', keywords: 'if else switch route case decision' },
  summary: { cases_one: '{{count}} case', cases_other: '{{count}} cases' },
  case: 'Case {{number}}',
} satisfies KindWords;
