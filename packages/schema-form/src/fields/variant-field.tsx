import type { FieldProps } from '@rjsf/utils';
import { isObject, type Json, type JsonObject, type JsonSchema } from '@weft/json-schema';
import { useLayoutEffect, useRef, useState } from 'react';
import { prepareSchema } from '../prepare-schema.ts';
import { control, controlHeight, border } from '../styles.ts';
import { rjsfValidator } from '../validator.ts';
import { ChoiceControl, choicesOf } from './choice-control.tsx';
import { shown, useLeaf } from './use-leaf.ts';

/** Alternatives (oneOf, anyOf): a list with a name of its own, then the fields of the one that is chosen. */
export function VariantField(props: FieldProps) {
  const leaf = useLeaf(props);
  const { texts } = leaf.slots;
  const options = ((props.options as JsonSchema[] | undefined) ?? []).map((option) => prepareSchema(option, props.registry.rootSchema as JsonSchema));
  const [picked, setPicked] = useState<number>();
  // rjsf takes all functions as equal, so one made earlier may be called: what it writes must be of now.
  const now = useRef<{ value: Json | undefined; constants: JsonObject }>({ value: leaf.value, constants: {} });
  const choices = choicesOf({ anyOf: options });
  const matching = indexOfMatch(options, leaf.value, props);
  const at = picked !== undefined && (leaf.value === undefined || matches(options[picked], leaf.value, props)) ? picked : matching;
  const option = options[at];
  const SchemaField = props.registry.fields['SchemaField'];
  const constants = constantsOf(option);
  useLayoutEffect(() => {
    now.current = { value: leaf.value, constants };
  });
  if (choices) return <ChoiceControl leaf={leaf} choices={choices} />;
  const beside = (props.schema as JsonSchema).properties;
  /** What is typed in an alternative comes with what tells it apart, also where nobody chose it because it was shown. */
  const write: FieldProps['onChange'] = (value, path, ...rest) => {
    const own = props.fieldPathId.path;
    const whole = put(now.current.value, path.slice(own.length).map(String), value as Json | undefined);
    props.onChange(isObject(whole) ? { ...whole, ...now.current.constants } : whole, own, ...rest);
  };
  const choose = (index: number): void => {
    const next = options[index];
    setPicked(index);
    if (next) leaf.change(carryOver(leaf.value, option, next, Object.keys(beside ?? {})));
  };
  return (
    <div className="flex flex-col gap-3">
      {options.length > 1 && (
        <select
          id={`${leaf.id}__kind`}
          className={`${control} ${controlHeight} ${border(false)}`}
          aria-label={texts.kindOf(leaf.title)}
          value={at}
          disabled={leaf.readOnly}
          onChange={(event) => choose(Number(event.target.value))}
        >
          {options.map((candidate, index) => (
            // Alternatives have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <option key={index} value={index}>
              {candidate.title ?? (Object.values(constantsOf(candidate)).map(shown).join(', ') || texts.option(index + 1))}
            </option>
          ))}
        </select>
      )}
      {option && option.type !== 'null' && SchemaField && (
        <SchemaField
          {...props}
          key={at}
          onChange={Object.keys(constants).length > 0 ? write : props.onChange}
          schema={{ ...option, title: leaf.title }}
          uiSchema={{
            'ui:options': { bare: true },
            ...Object.fromEntries(Object.keys(constants).map((name) => [name, { 'ui:widget': 'hidden' }])),
          }}
        />
      )}
    </div>
  );
}

function constantsOf(option: JsonSchema | undefined): JsonObject {
  const found = Object.entries(option?.properties ?? {}).flatMap(([name, schema]) =>
    schema.const === undefined ? [] : [[name, schema.const] as const],
  );
  return Object.fromEntries(found);
}

function indexOfMatch(options: JsonSchema[], value: Json | undefined, props: FieldProps): number {
  if (value === undefined) return 0;
  const exact = options.findIndex((option) => matches(option, value, props));
  if (exact >= 0) return exact;
  const byConstants = options.findIndex((option) => {
    const constants = Object.entries(constantsOf(option));
    return constants.length > 0 && isObject(value) && constants.every(([name, constant]) => value[name] === constant);
  });
  if (byConstants >= 0) return byConstants;
  const byType = options.findIndex((option) => [option.type].flat().includes(typeOf(value)));
  return Math.max(0, byType);
}

function matches(option: JsonSchema | undefined, value: Json | undefined, props: FieldProps): boolean {
  return option !== undefined && rjsfValidator.isValid(option as never, value, props.registry.rootSchema);
}

/** The value with another one inside; lists and objects on the way are made where there are none. */
function put(within: Json | undefined, [key, ...rest]: readonly string[], value: Json | undefined): Json | undefined {
  if (key === undefined) return value;
  if (Array.isArray(within)) {
    const items = [...within];
    items[Number(key)] = put(within[Number(key)], rest, value) ?? null;
    return items;
  }
  const fields = isObject(within) ? within : {};
  const inner = put(Object.hasOwn(fields, key) ? fields[key] : undefined, rest, value);
  const others = Object.entries(fields).filter(([name]) => name !== key);
  return inner === undefined ? Object.fromEntries(others) : { ...fields, [key]: inner };
}

/** Switching keeps what both alternatives have, and what stands beside them, and sets the constants that tell the new one apart. */
export function carryOver(value: Json | undefined, from: JsonSchema | undefined, to: JsonSchema, beside: readonly string[] = []): Json | undefined {
  if (to.const !== undefined) return to.const;
  if (to.type === 'null') return null;
  if (to.type !== 'object' && !to.properties) {
    return value !== undefined && [to.type].flat().includes(typeOf(value)) ? value : to.default;
  }
  const names = Object.keys(to.properties ?? {});
  const kept = isObject(value) ? Object.entries(value).filter(([name]) => beside.includes(name) || (names.includes(name) && sameType(from, to, name))) : [];
  return { ...Object.fromEntries(kept), ...constantsOf(to) };
}

const sameType = (from: JsonSchema | undefined, to: JsonSchema, name: string): boolean =>
  JSON.stringify(from?.properties?.[name]?.type) === JSON.stringify(to.properties?.[name]?.type);

function typeOf(value: Json): NonNullable<Exclude<JsonSchema['type'], unknown[]>> {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'string' | 'boolean' | 'object';
}
