import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { controlClass, Field, type FieldFrame } from './field.tsx';
import { popupClass } from './popup.ts';

export interface SelectOption<T extends string = string> {
  value: T;
  label: string;
  icon?: ReactNode;
  /** A second, quieter line. */
  description?: string;
  disabled?: boolean;
}

export interface SelectProps<T extends string = string> extends FieldFrame {
  /** Null shows the placeholder. */
  value: T | null;
  onChange: (value: T) => void;
  options: readonly SelectOption<T>[];
  placeholder?: string;
  disabled?: boolean;
  size?: 'sm' | 'md';
  /** Stands in the control's row, after it. */
  beside?: ReactNode;
}

/** One of a few. Type to jump to an option; arrows choose. */
export function Select<T extends string = string>(
  { label, labelHidden, hint, error, required, className, value, onChange, options, placeholder, disabled, size = 'md', beside }: SelectProps<T>,
) {
  return (
    <Field {...{ label, labelHidden, hint, error, required, className, beside }}>
      {(wiring) => (
        <Base.Root<T>
          id={wiring.id}
          items={options.map((option) => ({ value: option.value, label: option.label }))}
          value={value}
          onValueChange={(next) => next !== null && onChange(next)}
          disabled={disabled}
        >
          <Base.Trigger
            aria-describedby={wiring['aria-describedby']}
            aria-invalid={wiring['aria-invalid']}
            aria-required={wiring['aria-required']}
            aria-label={label}
            className={cx(controlClass, 'flex items-center justify-between gap-2 pr-1.5 text-left', size === 'sm' ? 'h-7 text-xs' : 'h-8')}
          >
            <Base.Value placeholder={placeholder} className="one-line data-placeholder:text-subtle" />
            <Base.Icon className="shrink-0 text-subtle">
              <ChevronsUpDown aria-hidden="true" className="size-3.5" />
            </Base.Icon>
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
              <Base.Popup className={cx(popupClass, 'max-h-[min(var(--available-height),20rem)] min-w-[var(--anchor-width)] overflow-y-auto')}>
                <Base.List>
                  {options.map((option) => (
                    <Base.Item
                      key={option.value}
                      value={option.value}
                      disabled={option.disabled}
                      className="flex min-h-8 cursor-default items-center gap-2 rounded-sm py-1 pr-2 pl-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
                    >
                      {option.icon}
                      <span className="min-w-0 flex-1">
                        <Base.ItemText>{option.label}</Base.ItemText>
                        {option.description !== undefined && <span className="block text-xs text-subtle">{option.description}</span>}
                      </span>
                      <Base.ItemIndicator className="text-accent-text">
                        <Check aria-hidden="true" className="size-4" />
                      </Base.ItemIndicator>
                    </Base.Item>
                  ))}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  );
}
