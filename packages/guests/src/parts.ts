import type { Json, JsonObject } from '@weft/connector-sdk';
import { pack, type Packed, unpack } from './packed.ts';

/** Some records of a list in a result. */
export interface Part {
  /** The field that the list is in. */
  field: string;
  records: Packed;
}

/** So many records travel at once: reading them keeps the host from other work for a few milliseconds. */
const partSize = 500;

/** What a call gives without its long lists, which are sent before it. */
export function sendParts(value: unknown, send: (part: Part) => void): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const rest: Record<string, unknown> = {};
  for (const [field, list] of Object.entries(value as JsonObject)) {
    if (!Array.isArray(list) || list.length <= partSize || field === '__proto__') {
      rest[field] = list;
      continue;
    }
    rest[field] = [];
    for (let at = 0; at < list.length; at += partSize) send({ field, records: pack(list.slice(at, at + partSize)) });
  }
  return rest;
}

/** Puts the lists back to where they were. */
export function withParts(value: unknown, parts: readonly Part[]): unknown {
  if (parts.length === 0) return value;
  const whole = { ...(value as JsonObject) };
  const lists = new Map<string, Json[]>();
  for (const { field, records } of parts) {
    const list = lists.get(field) ?? [];
    for (const record of unpack(records)) list.push(record);
    lists.set(field, list);
  }
  for (const [field, list] of lists) whole[field] = list;
  return whole;
}
