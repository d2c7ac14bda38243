import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { controlClass, Field, type FieldFrame } from './field.tsx';

export interface TextAreaProps extends FieldFrame, Omit<ComponentProps<'textarea'>, 'onChange' | 'value' | 'className' | 'id' | 'required'> {
  value: string;
  onChange: (value: string) => void;
  /** Fixed-width letters, for JSON and the like. */
  code?: boolean;
}

export function TextArea({ label, labelHidden, hint, error, required, className, value, onChange, code, rows = 4, ...rest }: TextAreaProps) {
  return (
    <Field {...{ label, labelHidden, hint, error, required, className }}>
      {(wiring) => (
        <textarea
          spellCheck={!code}
          {...rest}
          {...wiring}
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={cx(controlClass, 'resize-y py-1.5', code && 'font-mono text-xs leading-5')}
        />
      )}
    </Field>
  );
}
