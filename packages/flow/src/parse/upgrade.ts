import type { JsonObject, SchemaIssue } from '@weft/json-schema';
import type { Said } from '@weft/sentences';
import { say } from '../sentences.en.ts';

export const flowFormat = 'weft.flow/1';

export interface Upgrade {
  to: string;
  /** Pure; the document is untrusted, so it may not rely on its shape. */
  apply(document: JsonObject): JsonObject;
}

/** Upgrades from each older format to the next. Empty until the format changes. */
const upgrades: Record<string, Upgrade> = {};

/** Brings an older document to the current format, one step at a time, as it is read. Stored documents are never rewritten. */
export function upgradeFlow(
  document: JsonObject,
  known: Readonly<Record<string, Upgrade>> = upgrades,
): { document: JsonObject } | { issue: SchemaIssue } {
  let current = document;
  for (let rounds = Object.keys(known).length; rounds >= 0; rounds--) {
    const format = current['format'];
    if (format === flowFormat) return { document: current };
    const upgrade = typeof format === 'string' && Object.hasOwn(known, format) ? known[format] : undefined;
    if (!upgrade) break;
    current = { ...upgrade.apply(current), format: upgrade.to };
  }
  return { issue: { path: ['format'], keyword: 'format', ...unknownFormat(current['format']) } };
}

function unknownFormat(format: unknown): Said {
  if (typeof format !== 'string' || !format.startsWith('weft.flow/')) {
    return say('flow.read.noFormat', { format: flowFormat });
  }
  return say('flow.read.laterFormat', { format: format.slice(0, 40) });
}
