import type { Json, JsonSchema } from '@weft/json-schema';
import { border, control, controlHeight } from '../styles.ts';
import { shown, type Leaf } from './use-leaf.ts';

export interface Choice {
  value: Json;
  title: string;
}

/** The closed list of values a schema allows: an enum, or alternatives that are all constants. */
export function choicesOf(schema: JsonSchema): Choice[] | undefined {
  if (schema.enum) return schema.enum.map((value) => ({ value, title: titleOf(schema, value) }));
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (!alternatives?.length || !alternatives.every((option) => option.const !== undefined)) return undefined;
  return alternatives.map((option) => ({ value: option.const ?? null, title: option.title ?? shown(option.const) }));
}

function titleOf(schema: JsonSchema, value: Json): string {
  const titles = schema['x-enum-titles'];
  const title = typeof titles === 'object' && titles !== null ? (titles as Record<string, unknown>)[String(value)] : undefined;
  return typeof title === 'string' ? title : shown(value);
}

/** A native list: the best one for keyboards and screen readers. An unset value shows the default it will get. */
export function ChoiceControl({ leaf, choices }: { leaf: Leaf; choices: Choice[] }) {
  const { texts } = leaf.slots;
  const key = (value: Json): string => JSON.stringify(value);
  const standard = choices.find((choice) => leaf.schema.default !== undefined && key(choice.value) === key(leaf.schema.default));
  const current = leaf.value === undefined ? '' : key(leaf.value);
  const isStandard = standard !== undefined && current === key(standard.value);
  const known = leaf.value === undefined || choices.some((choice) => key(choice.value) === current);
  return (
    <select
      id={leaf.id}
      className={`${control} ${controlHeight} ${border(leaf.invalid)} ${current === '' && !standard ? 'text-subtle' : ''}`}
      value={current}
      disabled={leaf.readOnly}
      aria-label={leaf.title}
      aria-invalid={leaf.invalid || undefined}
      aria-describedby={leaf.describedBy}
      onBlur={leaf.blur}
      onChange={(event) => leaf.change(event.target.value === '' ? undefined : (JSON.parse(event.target.value) as Json))}
    >
      {(current === '' || !leaf.required || standard) && (
        // Chosen or left alone, the default stands once in the list.
        <option value={isStandard ? current : ''}>{standard ? texts.defaultIs(standard.title) : leaf.required ? texts.choose : texts.none}</option>
      )}
      {!known && leaf.value !== undefined && <option value={current}>{shown(leaf.value)}</option>}
      {choices
        .filter((choice) => choice !== standard)
        .map((choice) => (
          <option key={key(choice.value)} value={key(choice.value)}>
            {choice.title}
          </option>
        ))}
    </select>
  );
}
