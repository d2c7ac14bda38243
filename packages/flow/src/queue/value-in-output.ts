import { isObject, type Json } from '@weft/json-schema';

/** What a setting's path names in the trigger's output; undefined where nothing is there. Its first segment names the trigger. */
export function valueInOutput(triggerOutput: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = triggerOutput;
  for (const segment of path.slice(1)) {
    if (Array.isArray(value)) value = /^\d+$/.test(segment) ? value[Number(segment)] : undefined;
    else value = isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
  }
  return value;
}
