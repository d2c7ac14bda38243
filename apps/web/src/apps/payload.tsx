import type { Json } from '@weft/json-schema';
import { DataView } from '../data-view/index.ts';

/** A value with its name above; nothing where there is none. */
export function Payload({ title, value }: { title: string; value: Json | undefined }) {
  if (value === undefined) return null;
  return (
    <figure className="flex min-w-0 flex-col rounded-md border border-line">
      <figcaption className="border-b border-line px-3 py-1.5 text-xs font-medium text-muted">{title}</figcaption>
      <DataView value={value} title={title} className="max-h-72" />
    </figure>
  );
}
