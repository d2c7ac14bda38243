import type { FlowDocument } from '@weft/flow';

/** A title that no other step has, so that lists and the mapper's tree stay readable. */
export function freshTitle({ steps }: Pick<FlowDocument, 'steps'>, title: string): string {
  const taken = new Set(Object.values(steps).map((step) => step.title));
  if (!taken.has(title)) return title;
  const base = title.replace(/ \d+$/, '');
  for (let number = 2; ; number++) if (!taken.has(`${base} ${number}`)) return `${base} ${number}`;
}
