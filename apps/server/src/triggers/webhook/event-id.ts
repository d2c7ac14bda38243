import type { IncomingHttpHeaders } from 'node:http';
import type { EventIdPlace } from '@weft/connectors/webhook';
import { isObject, type Json } from '@weft/json-schema';

const longest = 256;

/** How the sender names this event: the first place that has something. */
export function eventIdOf(places: readonly EventIdPlace[], headers: IncomingHttpHeaders, body: Json): string | undefined {
  for (const place of places) {
    const id = 'header' in place ? headers[place.header] : valueAt(body, place.body);
    if ((typeof id === 'string' || typeof id === 'number') && id !== '' && String(id).length <= longest) return `webhook:${id}`;
  }
  return undefined;
}

export function valueAt(body: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = body;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}
