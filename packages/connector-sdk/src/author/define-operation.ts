import { defined, type Json, type JsonObject } from '@weft/json-schema';
import { z } from 'zod';
import type { DynamicContract, Failure, Operation, StreamContract } from '../descriptor.ts';
import type { ConnectionValues, OperationContext, OperationRuntime, OptionsHandler, SchemaHandler, WriteOptions, WriteResult } from '../runtime.ts';
import { withSchemas, type Published } from './publish-schema.ts';

/** One operation, published and runnable; `defineConnector` collects them. */
export interface DefinedOperation {
  operation: Operation;
  runtime: OperationRuntime;
}

export type ConnectionUse = NonNullable<Operation['connection']>;

/** With `connection: 'required'` the handler always has one: the host refuses to call it without. */
export type ActionContext<K extends ConnectionUse> = K extends 'required' ? OperationContext & { connection: ConnectionValues } : OperationContext;

export interface Described<C extends z.ZodObject> {
  /** Lower case, digits and hyphens; unique within the connector and never changed. */
  id: string;
  title: string;
  description?: string;
  /** One line for the step on the canvas: `{config.method} {input.url}`. */
  summary?: string;
  /** Default `primary`. */
  visibility?: Operation['visibility'];
  /** Further words that people look for it by: `['rest', 'api']`. */
  keywords?: string[];
  /** Reaches any service: offered where a search finds none of its own. */
  general?: true;
  /** Literal settings. Default none. */
  config?: C;
}

export interface ActionDefinition<C extends z.ZodObject, I extends z.ZodObject, O extends z.ZodType, K extends ConnectionUse> extends Described<C> {
  /** Default none. */
  connection?: K;
  /** Data that the step's mapping fills. Default none. */
  input?: I;
  output: O;
  /** Default `declared`: an output that breaks its schema fails the step. */
  outputSource?: Operation['outputSource'];
  effect: Operation['effect'];
  idempotency?: Operation['idempotency'];
  /** What one call, and all of them together, may take. Default: nothing is limited beyond what holds for every connector. */
  limits?: Operation['limits'];
  /** How often the other side allows it. Default: as often as it is called. */
  rateLimit?: Operation['rateLimit'];
  /** Where both depend on a setting: what holds for each of its values. */
  effectBy?: Operation['effectBy'];
  failures: Failure[];
  samples: { title: string; config?: z.input<C>; input?: z.input<I>; output?: z.input<O> }[];
  /** Keyed by `config.<field>`, `input` or `output`; `source` names a handler in `options` or `schemas`. */
  dynamic?: Record<string, DynamicContract>;
  options?: Record<string, OptionsHandler>;
  schemas?: Record<string, SchemaHandler>;
  /** Defaults are applied and both values are validated before it is called. */
  run(context: ActionContext<K>, input: z.output<I>, config: z.output<C>): Promise<z.input<O>>;
  /** Takes whole batches inside a stream. Default: it is run for each record. */
  sink?: SinkDefinition<C, I, O, K>;
}

export interface SinkDefinition<C extends z.ZodObject, I extends z.ZodObject, O extends z.ZodType, K extends ConnectionUse> {
  /** Whether a batch that is written again leaves nothing twice, by its `state` or by a key. */
  resumable: boolean;
  unless?: StreamContract['unless'];
  /** Writes all inputs, or throws and has written none; single ones that are refused are `failures`. */
  write(
    context: ActionContext<K>,
    inputs: readonly z.output<I>[],
    config: z.output<C>,
    options: WriteOptions,
  ): Promise<Omit<WriteResult, 'outputs'> & { outputs?: z.input<O>[] }>;
  /** Makes what was written up to `state` durable. Default: it is when `write` returns. */
  sync?(context: ActionContext<K>, config: z.output<C>, state: Json): Promise<void>;
}

/**
 * An operation that a step performs.
 * @throws {TypeError} when a dynamic part names no handler; and when a schema that cannot be published is first read.
 */
export function defineAction<
  O extends z.ZodType,
  C extends z.ZodObject = z.ZodObject<Record<never, never>>,
  I extends z.ZodObject = z.ZodObject<Record<never, never>>,
  K extends ConnectionUse = 'none',
>(definition: ActionDefinition<C, I, O, K>): DefinedOperation {
  const { sink } = definition;
  checkDynamic(definition);
  return {
    operation: withSchemas(defined({
      ...described(definition, 'action'),
      connection: definition.connection ?? 'none',
      outputSource: definition.outputSource ?? 'declared',
      effect: definition.effect,
      idempotency: definition.idempotency,
      limits: definition.limits,
      rateLimit: definition.rateLimit,
      effectBy: definition.effectBy,
      stream: sink && defined({ role: 'sink' as const, resumable: sink.resumable, unless: sink.unless }),
      dynamic: definition.dynamic,
      failures: definition.failures,
      samples: publishSamples(definition.samples),
    }), schemasOf(definition, definition.output)),
    runtime: defined({
      // The host validates config and input against the schemas published from these very types, so the casts here and below hold.
      run: async (context, input, config) =>
        (await definition.run(context as ActionContext<K>, input as z.output<I>, config as z.output<C>)) as Json,
      ...(sink && {
        write: async (context, inputs, config, options) =>
          (await sink.write(context as ActionContext<K>, inputs as readonly z.output<I>[], config as z.output<C>, options)) as WriteResult,
      }),
      ...(sink?.sync && { sync: (context, config, state) => sink.sync!(context as ActionContext<K>, config as z.output<C>, state) }),
      options: definition.options,
      schemas: definition.schemas,
    }),
  };
}

/** What an operation's schemas are published from. */
export function schemasOf(
  { id, config, input }: { id: string; config?: z.ZodObject; input?: z.ZodObject },
  output: z.ZodType,
): { config?: Published; input: Published; output: Published } {
  return {
    ...(config !== undefined && { config: { from: config, direction: 'input', where: `${id} config` } }),
    input: { from: input ?? z.object({}), direction: 'input', where: `${id} input` },
    output: { from: output, direction: 'output', where: `${id} output` },
  };
}

export function described(definition: Described<z.ZodObject>, kind: Operation['kind']) {
  const { id, title, description, summary } = definition;
  return defined({
    id,
    kind,
    title,
    description,
    summary,
    visibility: definition.visibility ?? ('primary' as const),
    keywords: definition.keywords,
    general: definition.general,
  });
}

export function publishSamples(samples: { title: string; config?: unknown; input?: unknown; output?: unknown }[]): Operation['samples'] {
  // The round trip drops undefined and proves that the samples are JSON.
  return JSON.parse(JSON.stringify(samples)) as ({ title: string; config?: JsonObject; input?: Json; output?: Json })[];
}

export function checkDynamic(definition: {
  id: string;
  dynamic?: Record<string, DynamicContract>;
  options?: Record<string, OptionsHandler>;
  schemas?: Record<string, SchemaHandler>;
}): void {
  for (const [part, { kind, source }] of Object.entries(definition.dynamic ?? {})) {
    const handlers: object = (kind === 'options' ? definition.options : definition.schemas) ?? {};
    if (Object.hasOwn(handlers, source)) continue;
    const place = kind === 'options' ? 'options' : 'schemas';
    throw new TypeError(`"${part}" of ${definition.id} is read from "${source}", but ${place} has no handler of that name.`);
  }
}
