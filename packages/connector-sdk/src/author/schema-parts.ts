import type { Json } from '@weft/json-schema';
import { z } from 'zod';

interface PartMeta {
  title: string;
  description?: string;
  examples?: Json[];
  /** Where in the config stands what was found for it, as long as it has its default: `found.delimiter`. Shown below it. */
  'x-found'?: string;
  /** Shown under *More settings*. */
  'x-more'?: boolean;
}

/** Text that the form shows as dots and no API gives back. For connections only. */
export function secret(meta: PartMeta): z.ZodString {
  return z.string().min(1).meta({ ...meta, 'x-secret': true });
}

/** Any JSON, whose shape the user describes on the step: the body of a request, the answer of a service. */
export function openJson(meta: PartMeta): z.ZodType<Json> {
  // Every value that reaches a connector is JSON already; z.json() would publish a recursive schema that says no more.
  return z.unknown().meta({ ...meta, 'x-open': true }) as unknown as z.ZodType<Json>;
}

/** What a header or a query parameter can carry; null leaves it out. */
export type Scalar = string | number | boolean | null;

/** Names and plain values that the form edits as two columns: headers, query parameters. */
export function keyValue(meta: PartMeta): z.ZodType<Record<string, Scalar>> {
  return z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).meta({ ...meta, 'x-widget': 'keyValue' });
}

/**
 * A choice between a few texts, each with a title of its own in the form.
 * @example choice({ immediately: 'At once', 'when-finished': 'When the flow has finished' }, { title: 'Answer' })
 */
export function choice<const T extends Record<string, string>>(titles: T, meta: PartMeta): z.ZodType<keyof T & string, keyof T & string> {
  const options = Object.entries(titles).map(([value, title]) => z.literal(value).meta({ title }));
  // The literals are exactly the keys of T; Object.entries forgets that.
  return z.union(options).meta({ ...meta }) as unknown as z.ZodType<keyof T & string, keyof T & string>;
}
