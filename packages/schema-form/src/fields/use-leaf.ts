import type { Json, JsonSchema } from '@weft/json-schema';
import type { FieldProps } from '@rjsf/utils';
import { useContext } from 'react';
import { ListTitleContext, useFormSlots, type FormSlots } from '../slots.ts';
import { errorsId, helpId } from '../templates/field-ids.ts';

/** Everything a control needs, whatever its type: one reading of rjsf's props. */
export interface Leaf {
  id: string;
  path: string[];
  title: string;
  schema: JsonSchema;
  value: Json | undefined;
  required: boolean;
  readOnly: boolean;
  invalid: boolean;
  describedBy: string | undefined;
  change(value: Json | undefined): void;
  blur(): void;
  slots: FormSlots;
}

export function useLeaf(props: FieldProps): Leaf {
  const slots = useFormSlots();
  const listTitle = useContext(ListTitleContext);
  const path = props.fieldPathId.path.map(String);
  const position = props.fieldPathId.path.at(-1);
  const schema = props.schema as JsonSchema;
  const id = props.fieldPathId.$id;
  const invalid = slots.errorsAt(path).length > 0;
  const described = [schema.description ? helpId(id) : '', invalid ? errorsId(id) : ''].filter(Boolean).join(' ');
  return {
    id,
    path,
    title: typeof position === 'number' ? slots.texts.item(schema.title ?? listTitle, position + 1) : (schema.title ?? props.title ?? props.name),
    schema,
    value: props.formData as Json | undefined,
    required: props.required ?? false,
    readOnly: slots.readOnly || Boolean(props.readonly) || Boolean(props.disabled),
    invalid,
    describedBy: described === '' ? undefined : described,
    change: (value) => props.onChange(value, props.fieldPathId.path),
    blur: () => slots.touch(path),
    slots,
  };
}

/** A default as a person reads it. */
export const shown = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
