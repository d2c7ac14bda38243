import { allowsNull, createMemo, dereference, formatPath, isAnything, isObject, type Json, type JsonSchema, type SubSchema } from '@weft/json-schema';
import type { RunError } from '../journal.ts';
import { named, say } from '../sentences.en.ts';

/** Which fields must have a value where an object or list stands; worked out once for a step. */
export interface Demands {
  fields: readonly { name: string; mayBeNull: boolean }[];
  inside: readonly { name: string; demands: Demands }[];
  ofItems?: Demands;
}

/** A schema may hold itself, so there is an end. */
const maxDepth = 12;

/** @returns undefined where a schema requires nothing, as most that people describe: then there is nothing to look at in each record. */
export const demandsOf = (schema: JsonSchema | undefined): Demands | undefined => (schema ? createDemands(schema)(schema, 0) : undefined);

/** What is held on many ways is looked at once for each depth. */
function createDemands(root: JsonSchema): (schema: SubSchema, depth: number) => Demands | undefined {
  const known = createMemo<Demands | undefined>();
  const demandsIn = (schema: SubSchema, depth: number): Demands | undefined =>
    depth > maxDepth ? undefined : known(schema, depth, () => demandsBy(schema, root, (part) => demandsIn(part, depth + 1)));
  return demandsIn;
}

function demandsBy(schema: SubSchema, root: JsonSchema, demandsIn: (part: SubSchema) => Demands | undefined): Demands | undefined {
  const { required = [], properties = {}, items } = dereference(schema, root);
  const fieldOf = (name: string): SubSchema => (Object.hasOwn(properties, name) ? (properties[name] ?? {}) : {});
  const fields = required.map((name) => ({ name, mayBeNull: isAnything(dereference(fieldOf(name), root)) || allowsNull(fieldOf(name), root) }));
  const inside = Object.keys(properties).flatMap((name) => {
    const demands = demandsIn(fieldOf(name));
    return demands ? [{ name, demands }] : [];
  });
  const ofItems = items === undefined ? undefined : demandsIn(items);
  return fields.length > 0 || inside.length > 0 || ofItems ? { fields, inside, ofItems } : undefined;
}

/**
 * The first field that a value has to have and does not, as the reason why its record fails. A place's key is asked for only then.
 * @param under - what of the step the value is. Default its input.
 */
export function whatIsLacking(
  demands: Demands | undefined,
  value: Json,
  place: { readonly stepKey: string },
  under: 'input' | 'output' = 'input',
): RunError | undefined {
  // A value that is no object has none of the fields.
  const lack = demands && lackIn(demands, isObject(value) || Array.isArray(value) ? value : {}, []);
  if (!lack) return undefined;
  const field = named(formatPath(lack.path));
  return {
    kind: 'invalid_input',
    ...say(lack.isNull ? 'run.required.null' : 'run.required.missing', { field }),
    stepKey: place.stepKey,
    path: [under, ...lack.path],
  };
}

const known = new WeakMap<JsonSchema, { demands: Demands | undefined }>();

/**
 * What a called flow has to be given, worked out once for each description of it. Its fields are mostly learned from samples, so a value may
 * be null: the called run says that it has another type.
 */
export function demandsOfCall(input: JsonSchema): Demands | undefined {
  const found = known.get(input) ?? { demands: withNulls(demandsOf(input), new Map()) };
  known.set(input, found);
  return found.demands;
}

/** @param done - the same demands may be held on many ways. */
function withNulls(demands: Demands | undefined, done: Map<Demands, Demands>): Demands | undefined {
  if (!demands) return undefined;
  const { fields, inside, ofItems } = demands;
  const made: Demands = done.get(demands) ?? {
    fields: fields.map(({ name }) => ({ name, mayBeNull: true })),
    inside: inside.map(({ name, demands: inner }) => ({ name, demands: withNulls(inner, done) ?? inner })),
    ofItems: withNulls(ofItems, done),
  };
  done.set(demands, made);
  return made;
}

interface Lack {
  path: string[];
  isNull: boolean;
}

function lackIn({ fields, inside, ofItems }: Demands, value: Json, path: readonly string[]): Lack | undefined {
  if (Array.isArray(value)) {
    for (let index = 0; ofItems && index < value.length; index += 1) {
      const lack = lackIn(ofItems, value[index] ?? null, [...path, String(index)]);
      if (lack) return lack;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  for (const { name, mayBeNull } of fields) {
    const found = Object.hasOwn(value, name) ? value[name] : undefined;
    if (found === undefined || (found === null && !mayBeNull)) return { path: [...path, name], isNull: found === null };
  }
  for (const { name, demands } of inside) {
    const found = Object.hasOwn(value, name) ? value[name] : undefined;
    const lack = found === undefined ? undefined : lackIn(demands, found, [...path, name]);
    if (lack) return lack;
  }
  return undefined;
}
