import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Trigger', line: 'Trigger' },
} satisfies KindWords;
