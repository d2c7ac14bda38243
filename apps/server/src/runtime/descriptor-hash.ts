import { createHash } from 'node:crypto';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import { isObject } from '@weft/json-schema';

/** SHA-256 of a descriptor, in hexadecimal: the same for the same content, in whatever order it was written down. */
export const descriptorHash = (descriptor: ConnectorDescriptor): string => createHash('sha256').update(canonicalJson(descriptor)).digest('hex');

/** JSON with the members of each object in the order of their names, by UTF-16 code units, and without blanks. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (!isObject(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}
