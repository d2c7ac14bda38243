import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { ChoiceLabel, labelledBy } from './choice-label.tsx';
import { cx } from './cx.ts';

export interface CheckboxProps {
  label: ReactNode;
  labelHidden?: boolean;
  hint?: ReactNode;
  checked: boolean;
  /** Some of what it stands for. */
  indeterminate?: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  className?: string;
}

export function Checkbox({ label, labelHidden, hint, checked, indeterminate, onChange, disabled, className }: CheckboxProps) {
  const id = useId();
  return (
    <label className={cx('flex items-start gap-2', !disabled && 'cursor-pointer', className)}>
      <Base.Root
        {...labelledBy(id, hint)}
        checked={checked}
        indeterminate={indeterminate}
        onCheckedChange={onChange}
        disabled={disabled}
        className="relative mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-xs border border-line-strong bg-raised text-on-accent after:absolute after:-inset-1 focus-visible:outline-offset-2 data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50 data-indeterminate:border-accent data-indeterminate:bg-accent"
      >
        <Base.Indicator>
          {indeterminate ? <Minus aria-hidden="true" className="size-3" /> : <Check aria-hidden="true" className="size-3" strokeWidth={3} />}
        </Base.Indicator>
      </Base.Root>
      <ChoiceLabel id={id} hidden={labelHidden} hint={hint}>
        {label}
      </ChoiceLabel>
    </label>
  );
}
