import type { JsonObject, SchemaIssue } from '@weft/json-schema';

export const flowFormat = 'weft.flow/1';

export interface Upgrade {
  to: string;
  /** Pure; the document is untrusted, so it may not rely on its shape. */
  apply(document: JsonObject): JsonObject;
}

/** From each older format one step up. The first change of the format adds the first entry. */
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
  return { issue: { path: ['format'], keyword: 'format', message: unknownFormat(current['format']) } };
}

function unknownFormat(format: unknown): string {
  if (typeof format !== 'string' || !format.startsWith('weft.flow/')) {
    return `is not a Weft flow: a flow has "format": "${flowFormat}"`;
  }
  return `is "${format.slice(0, 40)}", which this version of Weft does not know: upgrade Weft to open this flow`;
}
