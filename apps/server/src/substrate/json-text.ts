import type { Json } from '@weft/json-schema';

/** Longer ones are seldom answers, and would double what large runs hold in memory. */
const maxKeptLength = 64 << 10;
const texts = new WeakMap<object, string>();

/**
 * The value as JSON text, made once for an object that is both stored and sent. Values of a run never change once they are made;
 * the text is forgotten with its object.
 */
export function jsonText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = texts.get(value);
  if (text !== undefined) return text;
  text = JSON.stringify(value);
  if (text.length <= maxKeptLength) texts.set(value, text);
  return text;
}
