import type { Operation } from '@weft/connector-sdk';
import type { Catalogue, OperationRef } from '@weft/flow';
import { isObject, schemaAt, withDefaults, type Json, type JsonObject, type JsonSchema, type SchemaValidator } from '@weft/json-schema';
import { compileMapping, type CompiledMapping, type MappingDocument } from '@weft/mapping';
import { named, say } from '../sentences.en.ts';
import { NotReady } from './not-ready.ts';

/** An operation as a step, or a loop's source, uses it: what its calls have in common. */
export interface UsedOperation {
  use: OperationRef;
  operation: Operation;
  connection?: string;
  /** With defaults. */
  config: JsonObject;
  input?: CompiledMapping;
}

interface Used {
  use: OperationRef;
  connection?: string;
  config?: Record<string, Json>;
  input?: MappingDocument;
  /** What its mapping fills. */
  target: JsonSchema | undefined;
}

/** @throws {NotReady} when the operation is not there or its settings do not fit. */
export function usedOperation(
  title: string,
  { use, connection, config: given, input, target }: Used,
  { catalogue, validator }: { catalogue: Catalogue; validator: SchemaValidator },
): UsedOperation {
  const operation = catalogue.operation(use);
  const step = named(title);
  if (!operation) {
    const { connector, version, operation: name } = use;
    throw new NotReady({ kind: 'unsupported', ...say('run.operation.missing', { step, connector, version, operation: name }) });
  }
  const config = withDefaults(operation.config ?? {}, given ?? {});
  const [unfit] = operation.config ? validator.validate(operation.config, config) : [];
  if (unfit) {
    const field = named(schemaAt(operation.config ?? {}, unfit.path)?.title ?? unfit.path.at(-1) ?? 'the settings');
    throw new NotReady({ kind: 'invalid_input', ...say('run.operation.config', { step, field, problem: unfit }), path: ['config', ...unfit.path] });
  }
  return { use, operation, connection, config: isObject(config) ? config : {}, input: input && compileMapping(input, target) };
}
