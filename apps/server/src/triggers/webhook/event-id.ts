import type { IncomingHttpHeaders } from 'node:http';
import type { CallPlace } from '@weft/connector-sdk';
import { eventIdSetting } from '@weft/connector-sdk/author';
import { isObject, type Json } from '@weft/json-schema';
import type { CalledUse } from './called-use.ts';
import { verifyOf } from './proof-of.ts';

const maxLength = 256;

const eventIdSchema = eventIdSetting();

/** Headers that most senders use for the id of an event. */
export const usualIds: readonly CallPlace[] = [{ header: 'idempotency-key' }, { header: 'x-github-delivery' }, { header: 'webhook-id' }];

/** Where the id of an event may stand, the first that is there counts; none where repeats are welcome. */
export function eventIdPlaces(used: Pick<CalledUse, 'contract' | 'settings'>): readonly CallPlace[] {
  const { data: eventId } = eventIdSchema.safeParse(used.settings['eventId']);
  switch (eventId?.from) {
    case 'none':
      return [];
    case 'header':
      return [{ header: eventId.name.toLowerCase() }];
    case 'body':
      return [{ body: eventId.name.split('.') }];
    case 'usual':
    case undefined: {
      const { senders = {} } = used.contract;
      const by = verifyOf(used)?.by ?? '';
      const sender = Object.hasOwn(senders, by) ? senders[by] : undefined;
      return sender ? [sender.eventId, ...usualIds] : usualIds;
    }
  }
}

/** How the sender names this event: the first place that has something. */
export function eventIdOf(places: readonly CallPlace[], headers: IncomingHttpHeaders, body: Json): string | undefined {
  for (const place of places) {
    const id = valueIn(place, headers, body);
    if ((typeof id === 'string' || typeof id === 'number') && id !== '' && String(id).length <= maxLength) return `webhook:${id}`;
  }
  return undefined;
}

export const valueIn = (place: CallPlace, headers: IncomingHttpHeaders, body: Json): Json | undefined =>
  'header' in place ? headers[place.header] : valueAt(body, place.body);

export function valueAt(body: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = body;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}
