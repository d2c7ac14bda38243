import type { JsonSchema } from '@weft/json-schema';
import { z } from 'zod';

/** Which side of a boundary a schema stands on: what comes in may leave defaulted fields out, what goes out may carry more. */
export type Direction = 'input' | 'output';

/**
 * A zod schema as the pure JSON Schema (2020-12) that is published with the descriptor.
 *
 * The published schema is all that validates, in the browser and on the server, so every part of zod that would vanish in it
 * or change the value is refused here: refine, transform, coerce, preprocess, catch, trim and case changes. That is when the
 * descriptor is first read (see `withSchemas`); the conformance suite reads all of it.
 *
 * @param where - named in the error, for example `http/request input`.
 * @throws {TypeError} naming the part that cannot be published: an author's bug, found by the conformance suite.
 */
export function publishSchema(schema: z.ZodType, direction: Direction, where: string): JsonSchema {
  const published = z.toJSONSchema(schema, {
    io: direction,
    target: 'draft-2020-12',
    unrepresentable: 'throw',
    override: ({ zodSchema, jsonSchema, path }) => {
      refuse(zodSchema, () => describePlace(where, path));
      tidy(jsonSchema, direction, () => describePlace(where, path));
    },
  });
  // toJSONSchema types `default` and friends as unknown; it only ever puts JSON there, and the round trip proves it.
  const { $schema: _dialect, ...rest } = JSON.parse(JSON.stringify(published)) as JsonSchema;
  return rest;
}

/** What a schema is published from, and which side it stands on. */
export interface Published {
  from: z.ZodType;
  direction: Direction;
  /** Named in errors. */
  where: string;
}

type Schemas = Partial<Record<'config' | 'input' | 'output' | 'fields', Published>>;

/**
 * A part of a descriptor whose schemas are published when they are first read: a server that starts needs few of them, and publishing
 * takes a good part of its start. The conformance suite reads them all, so an author still hears of a mistake at once.
 */
export function withSchemas<T extends object, S extends Schemas>(part: T, schemas: S): T & { [K in keyof S]: JsonSchema } {
  for (const [name, { from, direction, where }] of Object.entries(schemas)) {
    Object.defineProperty(part, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = publishSchema(from, direction, where);
        Object.defineProperty(part, name, { value, enumerable: true, configurable: true, writable: true });
        return value;
      },
    });
  }
  // Every key of `schemas` was just defined.
  return part as T & { [K in keyof S]: JsonSchema };
}

/** The part of a zod definition that tells what vanishes; zod keeps it under `_zod.def` for tools like this one. */
interface ZodDefinition {
  type: string;
  coerce?: boolean;
  in?: z.core.$ZodType;
  checks?: { _zod: { def: { check: string } } }[];
}

const refusedTypes: Record<string, string> = {
  pipe: 'transform, preprocess, codec or pipe',
  transform: 'transform',
  catch: 'catch',
  custom: 'custom or instanceof',
  success: 'success',
};

const refusedChecks: Record<string, string> = {
  custom: 'refine or superRefine',
  overwrite: 'trim, a case change or normalize',
};

function refuse(schema: z.core.$ZodType, place: () => string): void {
  // The union of all definitions has no common optional keys; these three are read and nothing else.
  const definition = schema._zod.def as unknown as ZodDefinition;
  const found =
    refusedTypes[definition.type] ??
    (definition.coerce === true ? 'coerce' : undefined) ??
    definition.checks?.map((check) => refusedChecks[check._zod.def.check]).find((name) => name !== undefined);
  if (found === undefined) return;
  throw new TypeError(
    `${place()} uses ${found}, which JSON Schema cannot carry: the form and the server would never apply it. ` +
      'Say it with JSON Schema (min, max, regex, enum, format), or do it inside run().',
  );
}

/** Look-around and back references: the server matches in linear time and has neither. */
const needsBacktracking = /\(\?<?[=!]|\\[1-9]|\\k</;

function tidy(schema: z.core.JSONSchema.BaseSchema, direction: Direction, place: () => string): void {
  if (direction === 'output' && schema.additionalProperties === false) {
    // A vendor's new field is not a broken contract.
    delete schema.additionalProperties;
  }
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (typeof schema.propertyNames === 'object' && Object.keys(schema.propertyNames).join() === 'type') delete schema.propertyNames;
  if (schema.anyOf?.every(isBareType) === true) {
    // A union of plain types says the same in fewer words, and the form shows it as one field.
    schema.type = schema.anyOf.map(({ type }) => type) as never;
    delete schema.anyOf;
  }
  if (schema.pattern !== undefined && needsBacktracking.test(schema.pattern)) {
    throw new TypeError(
      `${place()} has the pattern ${schema.pattern} with a look-around or a back reference. Patterns are matched in linear time: write it without.`,
    );
  }
}

function isBareType(schema: z.core.JSONSchema.BaseSchema): boolean {
  return typeof schema.type === 'string' && Object.keys(schema).length === 1;
}

function describePlace(where: string, path: (string | number)[]): string {
  const fields = path.filter((segment, index) => segment !== 'properties' || path[index - 1] === 'properties');
  return fields.length === 0 ? `The schema of ${where}` : `"${fields.join('.')}" in ${where}`;
}
