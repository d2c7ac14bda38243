import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';
import { controlClass, Field, type FieldFrame } from './field.tsx';
import { IconButton } from './icon-button.tsx';

export interface TextFieldProps extends FieldFrame, Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'className' | 'id' | 'required'> {
  value: string;
  onChange: (value: string) => void;
  /** Inside, before the text. */
  icon?: ReactNode;
  size?: never;
  inputClassName?: string;
}

/** One line of text. `type="password"` comes with a button that shows what was typed. */
export function TextField(
  { label, labelHidden, hint, error, required, className, value, onChange, icon, type = 'text', inputClassName, ...rest }: TextFieldProps,
) {
  const { t } = useTranslation('ui');
  const [shown, setShown] = useState(false);
  const secret = type === 'password';
  return (
    <Field {...{ label, labelHidden, hint, error, required, className }}>
      {(wiring) => (
        <div className="relative">
          {icon !== undefined && (
            <span aria-hidden="true" className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-subtle [&_svg]:size-4">
              {icon}
            </span>
          )}
          <input
            {...rest}
            {...wiring}
            type={secret && shown ? 'text' : type}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={cx(controlClass, 'h-8', icon !== undefined && 'pl-8', secret && 'pr-9', inputClassName)}
          />
          {secret && (
            <IconButton
              plain
              className="absolute top-0.5 right-0.5"
              label={shown ? t('hidePassword') : t('showPassword')}
              icon={shown ? <EyeOff /> : <Eye />}
              onClick={() => setShown(!shown)}
            />
          )}
        </div>
      )}
    </Field>
  );
}
