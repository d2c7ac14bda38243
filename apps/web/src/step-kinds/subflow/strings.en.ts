import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Call a flow', line: 'Calls another flow' },
  palette: { title: 'Call a flow', description: 'And go on with its answer', keywords: 'subflow sub-flow call reuse another flow child run invoke' },
  summary: { none: 'No flow chosen yet', other: 'Another flow' },
} satisfies KindWords;
