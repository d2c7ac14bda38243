import type { FlowDocument } from '../document.ts';

const made = new WeakMap<FlowDocument['steps'], Readonly<Record<string, string>>>();

/** What people call what can be read in a flow: steps by their titles, the items of loops by their own names. */
export function sourceTitles({ steps }: Pick<FlowDocument, 'steps'>): Readonly<Record<string, string>> {
  const known = made.get(steps);
  if (known) return known;
  const titles = Object.fromEntries(Object.entries(steps).flatMap(([id, { title }]) => (title ? [[id, title]] : [])));
  made.set(steps, titles);
  return titles;
}
