import type { IncomingHttpHeaders } from 'node:http';
import type { CallFilter } from '@weft/connector-sdk';
import type { Json, JsonObject } from '@weft/json-schema';
import { valueIn } from './event-id.ts';

/** Whether a call starts a run; the others are accepted and forgotten. */
export type IsWanted = (headers: IncomingHttpHeaders, body: Json) => boolean;

/** Undefined where every call counts. */
export function callFilter(only: CallFilter | undefined, settings: JsonObject): IsWanted | undefined {
  const chosen = only && settings[only.setting];
  const values = new Set((Array.isArray(chosen) ? chosen : [chosen]).filter((value) => typeof value === 'string' && value !== ''));
  if (!only || values.size === 0) return undefined;
  const { at } = only;
  return (headers, body) => {
    const value = valueIn(at, headers, body);
    return typeof value === 'string' && values.has(value);
  };
}
