import type { FieldProps } from '@rjsf/utils';
import { typesOf, type JsonSchema } from '@weft/json-schema';
import { useState } from 'react';
import { border, control, controlHeight } from '../styles.ts';
import { ChoiceControl, choicesOf } from './choice-control.tsx';
import { LiveChoiceControl } from './live-choice-control.tsx';
import { shown, useLeaf, type Leaf } from './use-leaf.ts';

export function NumberField(props: FieldProps) {
  const leaf = useLeaf(props);
  const options = leaf.slots.options?.(leaf.path, leaf.schema);
  if (options) return <LiveChoiceControl leaf={leaf} options={options} />;
  const choices = choicesOf(leaf.schema);
  return choices ? <ChoiceControl leaf={leaf} choices={choices} /> : <NumberControl leaf={leaf} />;
}

/**
 * What was typed is kept as typed (`1.` on the way to `1.5`); what is not a number goes on as text, so that the schema's
 * own check says so at the field instead of the text vanishing. Where text may stand too, so does a number that would lose digits.
 */
function NumberControl({ leaf }: { leaf: Leaf }) {
  const [typed, setTyped] = useState<string>();
  const read = takesText(leaf.schema) ? exactNumber : parseNumber;
  const text = typed !== undefined && read(typed) === leaf.value ? typed : shown(leaf.value);
  return (
    <input
      id={leaf.id}
      inputMode="decimal"
      autoComplete="off"
      className={`${control} ${controlHeight} ${border(leaf.invalid)}`}
      value={text}
      placeholder={shown(leaf.schema.default ?? leaf.schema.examples?.[0]) || undefined}
      readOnly={leaf.readOnly}
      aria-label={leaf.title}
      aria-invalid={leaf.invalid || undefined}
      aria-describedby={leaf.describedBy}
      aria-required={leaf.required || undefined}
      onBlur={() => {
        setTyped(undefined);
        leaf.blur();
      }}
      onChange={(event) => {
        setTyped(event.target.value);
        leaf.change(read(event.target.value));
      }}
    />
  );
}

export function parseNumber(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? number : text;
}

const takesText = (schema: JsonSchema): boolean => typesOf(schema)?.includes('string') ?? false;

/** 9007199254740993, 19.90 and 0150 are not what a number keeps of them. */
function exactNumber(text: string): number | string | undefined {
  const number = parseNumber(text);
  return typeof number === 'number' && String(number) !== text.trim() ? text : number;
}
