import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'Wait', line: 'Wait' },
  palette: { title: 'Wait', description: 'Until a time or a signal', keywords: 'delay pause sleep timer schedule signal callback until event' },
  summary: {
    noDuration: 'Does not know how long yet',
    noDate: 'No date chosen yet',
    noKey: 'No key chosen yet',
    for: 'Waits {{time}}',
    until: 'Until {{date}}',
    signal: 'For a signal about {{key}}',
  },
} satisfies KindWords;
