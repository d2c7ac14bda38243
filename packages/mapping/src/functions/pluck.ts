import { isObject, schemaAt, type JsonSchema } from '@weft/json-schema';
import { defineFunction } from './define-function.ts';

export const pluck = defineFunction({
  name: 'pluck',
  category: 'list',
  title: 'One field of each item',
  description: 'A list of the values that the items have in one field. Items without it are left out.',
  parameters: [
    { name: 'list', title: 'List', type: 'list' },
    { name: 'field', title: 'Field', type: 'text' },
  ],
  returns: 'list',
  resultSchema: ([list]): JsonSchema => ({ type: 'array', items: commonField(list) }),
  examples: [
    { args: [[{ name: 'bug' }, { name: 'urgent' }], 'name'], result: ['bug', 'urgent'] },
    { args: [[{ name: 'bug' }, {}, null, 'text'], 'name'], result: ['bug'] },
    { args: [[{}], 'constructor'], result: [] },
  ],
  apply: (_run, list, field) => list.flatMap((item) => (isObject(item) && Object.hasOwn(item, field) ? [item[field] ?? null] : [])),
});

/** The field is an argument, so the result's type is known only where all fields of an item have the same type. */
function commonField(list: JsonSchema | undefined): JsonSchema {
  const properties = Object.values((list && schemaAt(list, ['0']))?.properties ?? {});
  const types = new Set(properties.map(({ type }) => type));
  const [only] = types;
  return types.size === 1 && typeof only === 'string' ? { type: only } : {};
}
