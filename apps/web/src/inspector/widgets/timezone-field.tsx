import type { FieldWidgetProps } from '@weft/schema-form';
import { controlClass, cx } from '../../ui/index.ts';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A time zone by name, with suggestions; the reader's own first. */
export function TimezoneField({ id, title, value, schema, onChange, onBlur, readOnly, invalid, describedBy }: FieldWidgetProps) {
  return (
    <>
      <input
        id={id}
        list={`${id}-zones`}
        aria-label={title}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        className={cx(controlClass, 'h-8')}
        value={typeof value === 'string' ? value : ''}
        placeholder={typeof schema.default === 'string' ? schema.default : own}
        readOnly={readOnly}
        onBlur={onBlur}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      <datalist id={`${id}-zones`}>
        {[own, ...zones.filter((zone) => zone !== own)].map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
    </>
  );
}
