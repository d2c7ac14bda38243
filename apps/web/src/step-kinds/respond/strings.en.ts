import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Answer', line: 'Answer the caller' },
  palette: { title: 'Answer the caller', description: 'Answer a webhook’s call', keywords: 'respond response reply return answer' },
} satisfies KindWords;
