import type { Operation } from '@weft/connector-sdk';
import { isObject, schemaAt, type Json } from '@weft/json-schema';

/**
 * What it means to perform an operation once more with the same input and the same idempotency key.
 * - `read`: nothing outside changes.
 * - `idempotent`: the same thing is done to the same thing, so nothing changes either.
 * - `keyed`: whoever is called gets the key of the first time, and can tell that it is a repeat.
 * - `unsafe`: it happens again.
 */
export type Repeat = 'read' | 'idempotent' | 'keyed' | 'unsafe';

/**
 * The one place that derives this from an operation and its settings.
 * @param config - of the step; a setting that is left out counts with its default.
 */
export function repeatOf(operation: Operation, config: Json | undefined): Repeat {
  const { effect, idempotency } = effectOf(operation, config);
  if (effect === 'read') return 'read';
  if (!idempotency) return 'unsafe';
  return idempotency.kind === 'natural' ? 'idempotent' : 'keyed';
}

function effectOf(operation: Operation, config: Json | undefined): Pick<Operation, 'effect' | 'idempotency'> {
  const { effectBy } = operation;
  if (!effectBy) return operation;
  const given = isObject(config) && Object.hasOwn(config, effectBy.config) ? config[effectBy.config] : undefined;
  const value = given ?? schemaAt(operation.config ?? {}, [effectBy.config])?.default;
  return typeof value === 'string' && Object.hasOwn(effectBy.values, value) ? (effectBy.values[value] ?? operation) : operation;
}
