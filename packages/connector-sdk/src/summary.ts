import { isObject, valueAt, withDefaults, type Json, type JsonObject } from '@weft/json-schema';
import type { Operation } from './descriptor.ts';

/**
 * The one line that tells steps of the same operation apart on the canvas, from the operation's `summary` template.
 * `{config.method}` and `{input.url}` are replaced; a setting that was left alone shows its default; what is not known is left out.
 *
 * @param input - the constants of the step's mapping; mapped fields are missing.
 * @returns '' where the operation has no template or nothing in it is known: show the operation's title then.
 * @example summaryOf(request, { method: 'POST' }, { url: 'https://api.example.com/orders?a=1' }) // 'POST api.example.com/orders'
 */
export function summaryOf(operation: Pick<Operation, 'summary' | 'config'>, config: JsonObject, input: JsonObject): string {
  const settings = operation.config === undefined ? config : withDefaults(operation.config, config);
  let known = 0;
  const filled = (operation.summary ?? '').replace(placeholder, (_whole, path: string) => {
    const text = readable(valueAt({ config: settings, input }, path.split('.')));
    if (text !== '') known += 1;
    return text;
  });
  return known === 0 ? '' : shorten(filled.replace(/\s+/g, ' ').trim());
}

const placeholder = /\{([\w-]+(?:\.[\w-]+)*)\}/g;
const maxLength = 80;

function readable(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(readable).filter(Boolean).join(', ');
  if (isObject(value)) return Object.keys(value).join(', ');
  return withoutSchemeAndQuery(String(value));
}

/** People know an address by its host and path; the rest is noise on a small tile, and a query may hold a key. */
function withoutSchemeAndQuery(text: string): string {
  return /^https?:\/\//i.test(text) ? text.replace(/^https?:\/\/(?:[^/?#@]*@)?/i, '').replace(/[?#].*$/s, '').replace(/\/$/, '') : text;
}

function shorten(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}
