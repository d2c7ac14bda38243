import type { Operation } from '@weft/connector-sdk';
import { isObject, withDefaults, type JsonObject } from '@weft/json-schema';

/** The form's defaults, so that the canvas says from the start what would run. */
export function startingConfig({ config }: Operation): JsonObject | undefined {
  if (config === undefined) return undefined;
  const value = withDefaults(config, {});
  return isObject(value) && Object.keys(value).length > 0 ? value : undefined;
}
