import type { FieldWidgetProps } from '@weft/schema-form';
import { TimezoneSelect } from '../../ui/timezone-select.tsx';

/** A time zone in a generated form, which has its label and its errors. */
export function TimezoneField({ title, value, schema, onChange, readOnly, invalid }: FieldWidgetProps) {
  const usual = typeof schema.default === 'string' ? schema.default : '';
  return <TimezoneSelect label={title} labelHidden value={typeof value === 'string'
    ? value
    : usual} onChange={onChange} disabled={readOnly} invalid={invalid} />;
}
