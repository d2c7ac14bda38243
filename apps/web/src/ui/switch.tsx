import { Switch as Base } from '@base-ui/react/switch';
import { useId, type ReactNode } from 'react';
import { cx } from './cx.ts';

export interface SwitchProps {
  label: string;
  labelHidden?: boolean;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  className?: string;
}

/** Takes effect at once; for a choice that waits for "Save", use a Checkbox. */
export function Switch({ label, labelHidden, hint, checked, onChange, disabled, className }: SwitchProps) {
  const id = useId();
  return (
    <div className={cx('flex items-start gap-2.5', className)}>
      <Base.Root
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="relative mt-px flex h-4.5 w-8 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors duration-150 after:absolute after:-inset-1.5 focus-visible:outline-offset-2 data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="size-3.5 rounded-full bg-on-accent transition-transform duration-150 ease-calm data-checked:translate-x-3.5" />
      </Base.Root>
      <span className={labelHidden ? 'sr-only' : 'flex min-w-0 flex-col'}>
        <span id={`${id}-label`} className="text-sm text-fg">
          {label}
        </span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="text-xs text-subtle">
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}
