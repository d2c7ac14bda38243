import type { KindWords } from '../kind-words.ts';

export default {
  kind: { name: 'For each', line: 'For each item of a list' },
  palette: { title: 'For each', description: 'Repeat for every item', keywords: 'loop repeat foreach iterate list array items each batch split' },
  summary: { none: 'No list chosen yet', items: '{{as}} of {{items}}' },
  /** What one item of a list is called before somebody gives it a name. */
  item: 'item',
  /** A loop that reads something large, as the palette offers it for each source. */
  through: { title: 'Go through {{what}}', line: 'For each · {{connector}}', keywords: 'read import load large big row by row line record loop for each forEach stream batch million' },
} satisfies KindWords;
