import { Switch as Base } from '@base-ui/react/switch';
import { useId, type ReactNode } from 'react';
import { ChoiceLabel, labelledBy } from './choice-label.tsx';
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
        {...labelledBy(id, hint)}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="relative mt-px flex h-4.5 w-8 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors duration-150 after:absolute after:-inset-1.5 focus-visible:outline-offset-2 data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="size-3.5 rounded-full bg-on-accent transition-transform duration-150 ease-calm data-checked:translate-x-3.5" />
      </Base.Root>
      <ChoiceLabel id={id} hidden={labelHidden} hint={hint}>
        {label}
      </ChoiceLabel>
    </div>
  );
}
