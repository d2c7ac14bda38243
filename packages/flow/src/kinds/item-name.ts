import { isDangerousName, keep, refuse, type Read } from '@weft/json-schema/read';
import type { Said } from '@weft/sentences';
import { say } from '../sentences.en.ts';

/** What a loop may call its item: letters and digits of any alphabet and _, not a digit first, at most 64. */
const itemNames = /^[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]{0,63}$/u;

/** Why a loop's item cannot be called this, as a sentence; undefined when it can. People type it, so it is in their alphabet. */
export function whyNotItemName(name: string): Said | undefined {
  return itemNames.test(name) && !isDangerousName(name) ? undefined : say('flow.itemName', { name });
}

export const itemName: Read<string> = (value, path, issues) => {
  if (typeof value !== 'string') return refuse(issues, path, 'type', say('flow.read.text'));
  if (isDangerousName(value)) return refuse(issues, path, 'name', say('flow.read.name', { name: value }));
  return whyNotItemName(value) ? keep(value, issues, path, 'pattern', say('flow.read.itemName')) : value;
};
