import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Map fields', line: 'Build new data from steps' },
  palette: { title: 'Map fields', description: 'Build new data from steps', keywords: 'transform convert change set combine rename' },
} satisfies KindWords;
