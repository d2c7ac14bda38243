import type { Json } from './json.ts';

/** Longer ones are seldom answers, and would double what large runs hold in memory. */
const maxKeptLength = 64 << 10;
const texts = new WeakMap<object, string>();

/**
 * The value as JSON text, made once for an object that is both stored and sent. For values that never change once they are made, as
 * those of a run; the text is forgotten with its object.
 */
export function jsonText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = texts.get(value);
  if (text !== undefined) return text;
  text = JSON.stringify(value);
  if (text.length <= maxKeptLength) texts.set(value, text);
  return text;
}

/** The text that was made of a value when it was stored, if it was and is still kept. */
export const keptJsonText = (value: Json): string | undefined => (typeof value === 'object' && value !== null ? texts.get(value) : undefined);
