import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Filter', line: 'Filter' },
  palette: { title: 'Filter', description: 'Go on only if it is true', keywords: 'only-if condition where stop skip' },
  summary: { none: 'No condition yet' },
} satisfies KindWords;
