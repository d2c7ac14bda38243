import { getDefaultRegistry } from '@rjsf/core';
import type { FieldProps } from '@rjsf/utils';
import { isFreeForm, isKeyValue } from '../prepare-schema.ts';
import { JsonField } from './json-field.tsx';
import { ExtraFields, KeyValueField } from './key-value-field.tsx';

const standard = getDefaultRegistry().fields;
const StandardObject = standard['ObjectField'];
const StandardArray = standard['ArrayField'];

/** An object: a group of fields, a map of names and values, or free JSON. */
export function ObjectField(props: FieldProps) {
  const schema = props.schema as Parameters<typeof isKeyValue>[0];
  if (isKeyValue(schema)) return <KeyValueField {...props} />;
  if (isFreeForm(schema)) return <JsonField {...props} />;
  if (!StandardObject) return null;
  if (schema['x-extra'] === undefined) return <StandardObject {...props} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <StandardObject {...props} />
      <ExtraFields {...props} />
    </div>
  );
}

/** A list of forms or of plain values; a list of anything is JSON. */
export function ArrayField(props: FieldProps) {
  if (isFreeForm(props.schema as Parameters<typeof isFreeForm>[0])) return <JsonField {...props} />;
  return StandardArray ? <StandardArray {...props} /> : null;
}
