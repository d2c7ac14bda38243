import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Stop', line: 'Stop the run' },
  palette: { title: 'Stop', description: 'End the run here', keywords: 'end finish fail abort' },
  summary: { succeeded: 'Ends the run here', failed: 'Ends the run as failed' },
} satisfies KindWords;
