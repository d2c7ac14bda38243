import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Approval', line: 'A person decides' },
  palette: { title: 'Approval', description: 'A person decides', keywords: 'approve reject human person decision review sign off ask' },
  summary: { none: 'Asks nothing yet' },
} satisfies KindWords;
