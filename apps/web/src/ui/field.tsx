import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';

export interface FieldFrame {
  label: string;
  /** Only for screen readers, where the place says it already. */
  labelHidden?: boolean;
  /** Says what it is for or which shape it has. */
  hint?: ReactNode;
  /** A sentence; the control is marked invalid. */
  error?: string | null;
  required?: boolean;
  className?: string;
}

/** What the control must carry so that label, hint and error belong to it. */
export interface FieldWiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

export interface FieldProps extends FieldFrame {
  /** What stands in the control's row, after it: a button that makes what is to be chosen. */
  beside?: ReactNode;
  children: (wiring: FieldWiring) => ReactNode;
}

/** Label, control, hint and error in one column. */
export function Field({ label, labelHidden, hint, error, required, className, beside, children }: FieldProps) {
  const { t } = useTranslation('ui');
  const id = useId();
  const hasError = error !== undefined && error !== null && error !== '';
  const hasHint = hint !== undefined && hint !== null && hint !== '';
  const describedBy = cx(hasError && `${id}-error`, hasHint && `${id}-hint`);
  const control = children({
    id,
    'aria-describedby': describedBy === '' ? undefined : describedBy,
    'aria-invalid': hasError || undefined,
    'aria-required': required || undefined,
  });
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-xs font-medium text-fg'}>
        {label}
        {required && (
          <span className="text-danger-text" title={t('required')} aria-hidden="true">
            {' *'}
          </span>
        )}
      </label>
      {beside === undefined ? (
        control
      ) : (
        <div className="flex gap-2">
          <div className="min-w-0 flex-1">{control}</div>
          {beside}
        </div>
      )}
      {hasError && (
        <p id={`${id}-error`} className="flex items-start gap-1 text-xs wrap-anywhere text-danger-text">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
          {error}
        </p>
      )}
      {hasHint && (
        <p id={`${id}-hint`} className="text-xs text-subtle">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The look of everything one types into. */
export const controlClass =
  'w-full min-w-0 rounded-md border border-line-strong bg-raised px-2.5 text-sm text-fg transition-colors duration-100 ' +
  'hover:border-[color-mix(in_oklab,var(--line-strong),var(--fg)_35%)] focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-[-1px] focus-visible:outline-accent ' +
  'aria-invalid:border-danger disabled:bg-sunken disabled:text-subtle [&:is(input,textarea):read-only]:bg-sunken';
