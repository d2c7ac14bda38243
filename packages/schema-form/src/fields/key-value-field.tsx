import type { FieldProps } from '@rjsf/utils';
import { asSchema, isObject, type JsonObject, type JsonSchema } from '@weft/json-schema';
import { Pairs } from './pairs.tsx';
import { useLeaf } from './use-leaf.ts';

/** A map of plain values. */
export function KeyValueField(props: FieldProps) {
  const { slots, value, schema, change, ...leaf } = useLeaf(props);
  return (
    <Pairs
      id={leaf.id}
      title={leaf.title}
      value={isObject(value) ? value : undefined}
      values={valuesOf(schema['x-values'])}
      readOnly={leaf.readOnly}
      invalid={leaf.invalid}
      texts={slots.texts}
      onChange={(map) => change(Object.keys(map).length === 0 ? undefined : map)}
      onBlur={leaf.blur}
    />
  );
}

/** What an object takes beside the fields that its schema names, below them. */
export function ExtraFields(props: FieldProps) {
  const { slots, value, schema, change, ...leaf } = useLeaf(props);
  const named = (name: string): boolean => Object.hasOwn(schema.properties ?? {}, name);
  const [own, extra] = split(isObject(value) ? value : {}, named);
  const title = slots.texts.moreFields(leaf.path.length === 0 ? '' : leaf.title);
  return (
    <div className="flex flex-col gap-1">
      <span className="text-xs font-medium">{title}</span>
      <Pairs
        id={`${leaf.id}__more`}
        title={title}
        value={extra}
        values={valuesOf(schema['x-extra'])}
        readOnly={leaf.readOnly}
        invalid={false}
        texts={slots.texts}
        hasOwnField={named}
        addTitle={slots.texts.addField}
        onChange={(map) => change({ ...own, ...map })}
        onBlur={leaf.blur}
      />
    </div>
  );
}

const valuesOf = (values: unknown): JsonSchema => (isObject(values) ? asSchema(values as JsonSchema) : {});

function split(value: JsonObject, named: (name: string) => boolean): [named: JsonObject, others: JsonObject] {
  const entries = Object.entries(value);
  return [Object.fromEntries(entries.filter(([name]) => named(name))), Object.fromEntries(entries.filter(([name]) => !named(name)))];
}
