import { isObject } from '@weft/json-schema';
import type { Strategy } from '../strategy.ts';

/** Somebody presses Run. They may enter any JSON, which becomes the `body` of what the trigger gives. */
export const manual: Strategy = {
  payloadOf: (given) => (isObject(given) && Object.hasOwn(given, 'body') ? given : { body: given }),
};
