import { getUiOptions, type FieldTemplateProps } from '@rjsf/utils';
import type { JsonSchema } from '@weft/json-schema';
import { CircleAlert } from 'lucide-react';
import { useFormSlots } from '../slots.ts';
import { errorsId, helpId, labelId } from './field-ids.ts';

/** One field: label with the required mark and the host's addon, the control, help, and what is wrong, in this order. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, children, hidden, required = false, uiSchema, fieldPathId } = props;
  const slots = useFormSlots();
  if (hidden) return null;
  if (fieldPathId.path.length === 0 || getUiOptions(uiSchema)['bare'] === true) return children;
  const path = fieldPathId.path.map(String);
  const schema = props.schema as JsonSchema;
  const inList = typeof fieldPathId.path.at(-1) === 'number';
  const addon = slots.fieldAddon?.({ path, schema, title: label, required });
  const errors = slots.errorsAt(path);
  const isSwitch = schema.type === 'boolean' && !addon?.instead;
  const text = (
    <label id={labelId(id)} htmlFor={id} className="text-xs font-medium text-fg">
      {label}
      {required && (
        <span className="text-danger-text" title={slots.texts.required}>
          <span aria-hidden> *</span>
          <span className="sr-only"> ({slots.texts.required})</span>
        </span>
      )}
    </label>
  );
  return (
    <div className="flex min-w-0 flex-col gap-1" data-field={path.join('.')}>
      {!inList && (
        <div className="flex min-h-6 items-center gap-2">
          {isSwitch && children}
          <span className="min-w-0 grow">{text}</span>
          {addon?.beside}
        </div>
      )}
      {addon?.instead ?? (isSwitch && !inList ? null : children)}
      {addon?.below}
      {schema.description && (
        <p id={helpId(id)} className="text-xs text-subtle">
          {schema.description}
        </p>
      )}
      {errors.length > 0 && (
        <div id={errorsId(id)} className="flex flex-col gap-0.5" role="alert">
          {errors.map((message) => (
            <p key={message} className="flex items-start gap-1 text-xs text-danger-text">
              <CircleAlert size={13} className="mt-px shrink-0" aria-hidden />
              <span className="first-letter:uppercase">{message}</span>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
