import type { FlowDocument } from '@weft/flow';
import { isObject, type Json } from '@weft/json-schema';
import { triggerOf } from './webhook/hook-index.ts';

/** What a trigger gives is an object; a person who starts a flow by hand may enter any JSON, which becomes its `body`. */
export function enteredPayload(document: FlowDocument, given: Json): Json {
  const byHand = triggerOf(document)?.use.connector === 'manual';
  return byHand && !(isObject(given) && Object.hasOwn(given, 'body')) ? { body: given } : given;
}
