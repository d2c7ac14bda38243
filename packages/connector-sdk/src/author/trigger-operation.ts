import { defined, type JsonObject } from '@weft/json-schema';
import { z } from 'zod';
import type { Operation } from '../descriptor.ts';
import type { TriggerContract } from '../trigger-contract.ts';
import { type DefinedOperation, described, type Described, publishSamples, schemasOf } from './define-operation.ts';
import { withSchemas } from './publish-schema.ts';

interface TriggerParts extends Omit<Described<z.ZodObject>, 'config'> {
  output: z.ZodType;
  outputSource?: Operation['outputSource'];
  samples: { title: string; config?: unknown; output?: unknown }[];
}

interface HostParts extends Pick<Operation, 'connection' | 'connectionUnless'> {
  contract: TriggerContract;
  config: z.ZodObject | undefined;
}

/** A trigger that has no code of its own: the host starts the runs. */
export function triggerOperation(definition: TriggerParts, { contract, config, connection = 'none', connectionUnless }: HostParts): DefinedOperation {
  return {
    operation: withSchemas(
      defined({
        ...described(definition, 'trigger'),
        connection,
        connectionUnless,
        outputSource: definition.outputSource ?? 'declared',
        effect: 'read',
        trigger: contract,
        failures: [],
        samples: publishSamples(definition.samples),
      }),
      schemasOf(defined({ id: definition.id, config }), definition.output),
    ),
    runtime: {},
  };
}

/** Some of the host's settings, decided by the connector. */
export type Fixed<S extends z.core.$ZodShape> = { [K in keyof S]?: z.input<S[K]> };

/**
 * The settings that a flow's author fills: those of the host that the connector has not decided, and the connector's own. Its own
 * setting of the same name takes the place of the host's, with choices and a default that suit the service.
 */
export function settingsBeside(host: z.core.$ZodShape, fixed: object, own: z.ZodObject | undefined): z.ZodObject {
  const open = Object.entries(host).filter(([name]) => !Object.hasOwn(fixed, name));
  return z.object({ ...Object.fromEntries(open), ...own?.shape });
}

/** What the connector has decided, complete. @throws {ZodError} when it is no value of the host's settings: an author's bug. */
export function decided<S extends z.core.$ZodShape>(id: string, host: S, fixed: Fixed<S>): { fixed?: JsonObject } {
  const names = Object.keys(fixed);
  const unknown = names.find((name) => !Object.hasOwn(host, name));
  if (unknown !== undefined) throw new TypeError(`${id} fixes "${unknown}", which is no setting of this kind of trigger.`);
  // The schemas of the host's settings describe JSON and nothing else.
  const values = z.object(host).partial().parse(fixed) as JsonObject;
  return names.length === 0 ? {} : { fixed: Object.fromEntries(names.map((name) => [name, values[name] ?? null])) };
}
