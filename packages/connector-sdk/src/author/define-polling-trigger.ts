import { defined, type Json, type JsonSchema } from '@weft/json-schema';
import { z } from 'zod';
import type { DynamicContract, Failure } from '../descriptor.ts';
import type { OperationContext, OptionsHandler, PolledItem, PollRequest, PollResult, SchemaHandler } from '../runtime.ts';
import type { PollingTrigger } from '../trigger-contract.ts';
import {
  type ActionContext, checkDynamic, type ConnectionUse, type DefinedOperation, described, type Described, publishSamples, schemasOf,
} from './define-operation.ts';
import { choice } from './schema-parts.ts';
import { withSchemas } from './publish-schema.ts';

/** How often may be asked, with the time between in milliseconds. */
export const pollIntervals = {
  '30s': 30_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '6h': 21_600_000,
  '1d': 86_400_000,
} as const;

/** The settings that every polling trigger has. The host keeps to them; an author only reads items. */
export const pollingSettings = {
  every: choice(
    {
      '30s': 'Every 30 seconds',
      '1m': 'Every minute',
      '5m': 'Every 5 minutes',
      '15m': 'Every 15 minutes',
      '1h': 'Every hour',
      '6h': 'Every 6 hours',
      '1d': 'Once a day',
    },
    { title: 'Look for something new' },
  ).default('5m'),
  deliver: choice({ each: 'A run for each item', batch: 'One run for all that is new' }, { title: 'Start' }).default('each'),
  first: choice(
    { baseline: 'Only what is new from then on', everything: 'Everything that is there already' },
    { title: 'When the flow is published', description: 'What the first look takes.' },
  ).default('baseline'),
};

export interface PollingTriggerDefinition<C extends z.ZodObject, K extends ConnectionUse> extends Described<C> {
  config: C;
  /** Default none. */
  connection?: K;
  /** What a person may enter to read again from there. */
  since?: PollingTrigger['since'];
  /** Default: a failing answer over HTTP means what its status usually means. */
  failures?: Failure[];
  samples: { title: string; config?: z.input<C>; item: Json }[];
  dynamic?: Record<string, DynamicContract>;
  options?: Record<string, OptionsHandler>;
  /** What one item looks like, read live; its result becomes a part of the trigger's output. */
  itemSchema?: { dependsOn: string[]; read: SchemaHandler };
  poll(context: ActionContext<K>, config: z.output<C>, request: PollRequest): Promise<PollResult>;
}

/**
 * A trigger that asks for what is new. The host keeps the cursor, the interval and the ids, and starts the runs; a run gets
 * `{ item, polledAt }`, or `{ items, count, polledAt }` where one run is started for all.
 */
export function definePollingTrigger<C extends z.ZodObject, K extends ConnectionUse = 'none'>(definition: PollingTriggerDefinition<C, K>): DefinedOperation {
  const { id, itemSchema } = definition;
  const dynamic: Record<string, DynamicContract> = {
    ...definition.dynamic,
    output: { kind: 'schema', source: 'polled', dependsOn: ['config.deliver', ...(itemSchema?.dependsOn ?? [])] },
  };
  const schemas: Record<string, SchemaHandler> = {
    async polled(context, request) {
      const item = itemSchema ? await itemSchema.read(context, request) : {};
      return polledSchema(item, request.config['deliver'] === 'batch');
    },
  };
  checkDynamic(defined({ id, dynamic, schemas, options: definition.options }));
  const { output: _open, ...published } = schemasOf({ id, config: definition.config.extend(pollingSettings) }, z.unknown());
  return {
    operation: withSchemas({
      ...described(definition, 'trigger'),
      connection: definition.connection ?? 'none',
      output: {},
      outputSource: 'learned',
      effect: 'read',
      trigger: defined({ strategy: 'polling' as const, since: definition.since }),
      dynamic,
      failures: definition.failures ?? [],
      samples: publishSamples(definition.samples.map(({ title, config, item }) => ({ title, config, output: { item, polledAt: '2026-03-02T07:00:00.000Z' } }))),
    }, published),
    runtime: defined({
      // The host validated the settings against the schema published from this very type, so the casts hold.
      poll: (context, config, request) => definition.poll(context as ActionContext<K> & OperationContext, config as z.output<C>, request),
      options: definition.options,
      schemas,
    }),
  };
}

/** What a run gets of these items. */
export function polledPayload(items: readonly PolledItem[], deliver: 'each' | 'batch', polledAt: string): Json {
  return deliver === 'batch' ? { items: items.map(({ value }) => value), count: items.length, polledAt } : { item: items[0]?.value ?? null, polledAt };
}

function polledSchema(item: JsonSchema, isBatch: boolean): JsonSchema {
  const polledAt: JsonSchema = { type: 'string', format: 'date-time', title: 'Found at' };
  const properties: Record<string, JsonSchema> = isBatch
    ? { items: { type: 'array', title: 'Items', items: item }, count: { type: 'integer', title: 'Number of items' }, polledAt }
    : { item: { title: 'Item', ...item }, polledAt };
  return { type: 'object', properties, required: Object.keys(properties) };
}
