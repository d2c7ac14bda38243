import { useId, type ReactNode } from 'react';
import { cx } from './cx.ts';

export interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; icon?: ReactNode; iconOnly?: boolean }[];
  size?: 'sm' | 'md';
}

/** A choice between two to four things that are all in view: native radio buttons in one line. */
export function Segmented<T extends string>({ label, value, onChange, options, size = 'md' }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className="inline-flex w-fit rounded-md border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.iconOnly ? option.label : undefined}
          className={cx(
            'flex cursor-pointer items-center gap-1.5 rounded-sm px-2.5 text-xs font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent [&_svg]:size-3.5',
            size === 'sm' ? 'h-6' : 'h-7',
            option.value === value ? 'bg-raised text-fg shadow-[0_0_0_1px_var(--line)]' : 'text-muted hover:text-fg',
          )}
        >
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} className="sr-only" />
          {option.icon}
          <span className={option.iconOnly ? 'sr-only' : undefined}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
