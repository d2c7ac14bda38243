import { defined } from '@weft/json-schema';
import { z } from 'zod';
import type { DynamicContract, Failure, Operation, StreamContract } from '../descriptor.ts';
import type { OptionsHandler, ReadOptions, SchemaHandler, SourceBatch } from '../runtime.ts';
import {
  checkDynamic, described, publishSamples, schemasOf, type ActionContext, type ConnectionUse, type DefinedOperation, type Described,
} from './define-operation.ts';
import { withSchemas } from './publish-schema.ts';

export interface SourceDefinition<C extends z.ZodObject, I extends z.ZodObject, R extends z.ZodType, K extends ConnectionUse> extends Described<C> {
  /** Default none. */
  connection?: K;
  /** Data that the loop's mapping fills, once for the whole stream. Default none. */
  input?: I;
  /** What one record looks like; open parts are read live or learned. */
  record: R;
  /** Default `learned`. */
  recordSource?: Operation['outputSource'];
  /** Whether it goes on after an interruption; `unless` names a setting with which it does not. Default yes. */
  resumable?: boolean;
  unless?: StreamContract['unless'];
  failures: Failure[];
  /** `record` shows what the loop goes through. */
  samples: { title: string; config?: z.input<C>; input?: z.input<I>; record?: z.input<R> }[];
  /** Keyed by `config.<field>`, `input` or `output` (the record); `source` names a handler in `options` or `schemas`. */
  dynamic?: Record<string, DynamicContract>;
  options?: Record<string, OptionsHandler>;
  schemas?: Record<string, SchemaHandler>;
  /**
   * Gives batches as they are asked for. From the same cursor it gives the same batches again, and it holds no more than one.
   * What it opened is closed in a `finally`: a loop may leave early.
   */
  read(context: ActionContext<K>, input: z.output<I>, config: z.output<C>, options: ReadOptions): AsyncIterable<SourceBatch>;
}

/**
 * An operation that a loop reads record by record.
 * @throws {TypeError} when a schema cannot be published or a dynamic part names no handler.
 */
export function defineSource<
  R extends z.ZodType,
  C extends z.ZodObject = z.ZodObject<Record<never, never>>,
  I extends z.ZodObject = z.ZodObject<Record<never, never>>,
  K extends ConnectionUse = 'none',
>(definition: SourceDefinition<C, I, R, K>): DefinedOperation {
  const { dynamic, options, schemas, unless } = definition;
  checkDynamic(definition);
  return {
    operation: withSchemas(defined({
      ...described(definition, 'source'),
      connection: definition.connection ?? 'none',
      outputSource: definition.recordSource ?? 'learned',
      effect: 'read',
      stream: defined({ role: 'source' as const, resumable: definition.resumable ?? true, unless }),
      dynamic,
      failures: definition.failures,
      samples: publishSamples(definition.samples.map(({ record, ...sample }) => ({ ...sample, output: record }))),
    }), schemasOf(definition, definition.record)),
    runtime: defined({
      // The host validated both against the schemas published from these very types, so the casts hold.
      read: (context, input, config, readOptions) => definition.read(context as ActionContext<K>, input as z.output<I>, config as z.output<C>, readOptions),
      options,
      schemas,
    }),
  };
}
