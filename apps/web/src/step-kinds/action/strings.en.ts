import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Step', line: 'Action' },
} satisfies KindWords;
