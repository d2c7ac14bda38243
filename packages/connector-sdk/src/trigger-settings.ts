import { isObject, type JsonObject, withDefaults } from '@weft/json-schema';
import type { Operation } from './descriptor.ts';

/**
 * A trigger's settings as they hold: what the flow says, with the defaults that the operation's schema declares, and over it what the
 * connector has decided.
 */
export function triggerSettings({ config: schema = {}, trigger }: Pick<Operation, 'config' | 'trigger'>, config: JsonObject | undefined): JsonObject {
  const settings = withDefaults(schema, config ?? {});
  return { ...(isObject(settings) && settings), ...(trigger && 'fixed' in trigger && trigger.fixed) };
}
