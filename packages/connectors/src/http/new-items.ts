import { createHash } from 'node:crypto';
import { InputError, type HttpResponse, type Json, type JsonObject, type OperationContext, type PollResult } from '@weft/connector-sdk';
import { brokenAnswer, choice, definePollingTrigger, errorForAnswer, readJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { failures } from './failures.ts';
import { isFrom } from './is-from.ts';
import { valueAt } from './value-at.ts';

interface ListCursor extends JsonObject {
  /** Short hashes of the ids that were seen, the newest last. */
  seen: string[];
  /** What the service calls this state of the list; it answers 304 while nothing has changed. */
  etag: string | null;
}

/** Beside those that are listed: an id that has fallen out of a list this long does not come back. */
const remembered = 10_000;
/** As long as the first page of a longer list; shorter ones are lists of what is there now. */
const pageLike = 10;
/** What is listed has to be remembered whole, or it would be new again. */
const maxListed = 50_000;

export const newItems = definePollingTrigger({
  id: 'new-items',
  title: 'New items of a list',
  description: 'Starts the flow when the list that a service answers has items that were not there before.',
  summary: 'New items of {config.url}',
  connection: 'optional',
  config: z.object({
    url: z.url()
      .meta({
        title: 'Address of the list',
        description: 'The complete address; it is read with GET.',
        examples: ['https://api.example.com/orders?sort=newest'],
      }),
    list: z.string()
      .max(200)
      .meta({
        title: 'Where the list is',
        description: 'Dots lead further in, as in data.items. Leave it empty when the answer is the list itself.',
        examples: ['data.items'],
      })
      .optional(),
    idField: z.string().min(1).max(200).meta({ title: 'Field that names an item', description: 'The same value is the same item.' }).default('id'),
    order: choice({ newest: 'The newest stands first', oldest: 'The oldest stands first' }, { title: 'Order of the list' }).default('newest'),
    sinceField: z.string()
      .max(200)
      .meta({ title: 'Field with the number or time', description: 'Needed only to read again from a value on.', examples: ['created_at'], 'x-more': true })
      .optional(),
  }),
  since: { title: 'From this value on', description: 'A value of the field with the number or time: 1000, or 2026-03-01.' },
  failures: [...failures, brokenAnswer()],
  samples: [{ title: 'An order', config: { url: 'https://api.example.com/orders', list: 'orders' }, item: { id: 1001, state: 'open', total: '21.00' } }],
  async poll(context, config, { cursor, baseline, since, limit }) {
    // Written below only.
    const from: ListCursor = cursor === null ? { seen: [], etag: null } : (cursor as ListCursor);
    const answer = await read(context, config.url, from.etag);
    if (answer.status === 304) return { items: [], cursor: from, more: false };
    const listed = itemsOf(readJson(answer, context.warn), config).map((value) => ({ value, id: idOf(value, config.idField) }));
    if (listed.length > maxListed) {
      throw new InputError(['config', 'url'], `The list has more than ${maxListed.toLocaleString('en')} items. Let the service give a part of it only, such as the newest.`);
    }
    if (config.order === 'newest') listed.reverse();
    const etag = answer.headers['etag'] ?? null;
    if (baseline) return { items: [], cursor: { seen: listed.map(({ id }) => shortOf(id)), etag }, more: false };
    const known = new Set(from.seen);
    const wanted = since === undefined ? listed : listed.filter(({ value }) => isFrom(valueAt(value, sinceFieldOf(config)), since));
    const fresh = wanted.filter(({ id }) => !known.has(shortOf(id)));
    if (since === undefined && from.seen.length > 0 && fresh.length === listed.length && listed.length >= pageLike) {
      context.warn(
        `All ${listed.length} items of the list were new, so others may have come and gone between two looks. Let the service list more at once, or look more often.`,
      );
    }
    const items = fresh.slice(0, limit);
    const more = fresh.length > items.length;
    const seen = remember(from.seen, listed.map(({ id }) => shortOf(id)), new Set(fresh.slice(limit).map(({ id }) => shortOf(id))));
    return { items, cursor: { seen, etag: more ? null : etag }, more } satisfies PollResult;
  },
});

async function read({ http, signal }: OperationContext, address: string, etag: string | null): Promise<HttpResponse> {
  const url = URL.parse(address.trim());
  if (url === null || url.host === '') {
    throw new InputError(['config', 'url'], 'This is not a complete address. It should look like https://api.example.com/orders.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError(
      ['config', 'url'],
      'The address carries a user name or password. Remove it there and choose a connection instead, so it stays secret.',
    );
  }
  const headers: Record<string, string> = { accept: 'application/json', ...(etag !== null && { 'if-none-match': etag }) };
  const answer = await http.request({ method: 'GET', url: url.href, addressField: ['config', 'url'], headers, signal });
  const failed = errorForAnswer(answer);
  if (failed) throw failed;
  return answer;
}

function itemsOf(answer: Json, { list = '' }: { list?: string | undefined }): Json[] {
  const found = list === '' || answer === null ? answer : valueAt(answer, list);
  if (Array.isArray(found)) return found;
  // An answer without a body, and null where the list is, are the usual ways to say that there is nothing.
  if (found === null) return [];
  throw new InputError(['config', 'list'], list === '' ? 'The answer is no list. Say where in it the list is.' : `The answer has no list at “${list}”.`);
}

function idOf(item: Json, field: string): string {
  const id = valueAt(item, field);
  if ((typeof id === 'string' && id !== '') || typeof id === 'number') return String(id);
  throw new InputError(['config', 'idField'], `An item of the list has nothing at “${field}”, which names it. Choose a field that every item has.`);
}

function sinceFieldOf({ sinceField }: { sinceField?: string | undefined }): string {
  if (sinceField === undefined) throw new InputError(['config', 'sinceField'], 'Choose the field with the number or time first, under more settings.');
  return sinceField;
}

/** Those that are listed now stand last, so that the oldest are forgotten first; what was left out of this poll stays new. */
function remember(seen: string[], listed: string[], left: Set<string>): string[] {
  const now = listed.filter((id) => !left.has(id));
  const again = new Set(now);
  return latest([...seen.filter((id) => !again.has(id)), ...now], now.length);
}

const latest = (seen: string[], listed: number): string[] => seen.slice(-Math.max(remembered, listed));

const shortOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 12);
