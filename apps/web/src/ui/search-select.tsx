import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';
import { controlClass, Field, type FieldFrame } from './field.tsx';
import { popupClass } from './popup.ts';
import type { SelectOption } from './select.tsx';

export interface SearchSelectProps extends FieldFrame {
  value: string;
  onChange: (value: string) => void;
  /** Those that fit what was typed; the chosen one need not be among them. */
  options: readonly SelectOption[];
  /** Of the chosen one. */
  chosenLabel: string;
  /** What was typed, for a list that somebody else searches. Without it the options are searched here. */
  onSearch?: (text: string) => void;
  searching?: boolean;
  disabled?: boolean;
  /** What is wrong is said beside it. */
  invalid?: boolean;
}

/** One of many: a select whose list has a search. */
export function SearchSelect({
  label,
  labelHidden,
  hint,
  error,
  required,
  className,
  value,
  onChange,
  options,
  chosenLabel,
  onSearch,
  searching = false,
  disabled,
  invalid,
}: SearchSelectProps) {
  const { t } = useTranslation('ui');
  const [typed, setTyped] = useState('');
  const type = (text: string) => {
    setTyped(text);
    onSearch?.(text);
  };
  const found = onSearch ? options : options.filter((option) => option.label.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <Field {...{ label, labelHidden, hint, error, required, className }}>
      {(wiring) => (
        <Base.Root<SelectOption>
          items={options}
          filteredItems={found}
          value={options.find((option) => option.value === value) ?? { value, label: chosenLabel }}
          isItemEqualToValue={(one, other) => one.value === other.value}
          onValueChange={(next) => next !== null && onChange(next.value)}
          inputValue={typed}
          onInputValueChange={type}
          onOpenChange={(open) => !open && type('')}
          autoHighlight
          disabled={disabled}
        >
          <Base.Trigger
            id={wiring.id}
            aria-describedby={wiring['aria-describedby']}
            aria-invalid={invalid || wiring['aria-invalid']}
            aria-label={label}
            className={cx(controlClass, 'flex h-8 items-center justify-between gap-2 pr-1.5 text-left')}
          >
            <span className="one-line">
              <bdi>{chosenLabel}</bdi>
            </span>
            <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner sideOffset={4} className="z-50 outline-none">
              <Base.Popup
                aria-label={label}
                aria-busy={searching}
                className={cx(popupClass, 'flex max-h-[min(var(--available-height),24rem)] w-max max-w-96 min-w-[max(var(--anchor-width),16rem)] flex-col')}
              >
                <div className="mb-1 flex items-center gap-2 border-b border-line px-2">
                  <Search aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
                  <Base.Input placeholder={t('search')} className="h-8 w-full bg-transparent text-sm text-fg outline-none" />
                </div>
                {found.length === 0 && <p className="px-2 py-3 text-sm text-muted">{searching ? t('searching') : t('nothingFound')}</p>}
                <Base.List className="min-h-0 overflow-y-auto">
                  {(option: SelectOption) => (
                    <Base.Item
                      key={option.value}
                      value={option}
                      disabled={option.disabled}
                      className="flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
                    >
                      {option.icon}
                      <span className="min-w-0 flex-1">
                        <bdi className="one-line block">{option.label}</bdi>
                        {option.description !== undefined && <span className="block text-xs text-subtle">{option.description}</span>}
                      </span>
                      <Base.ItemIndicator className="text-accent-text">
                        <Check aria-hidden="true" className="size-4" />
                      </Base.ItemIndicator>
                    </Base.Item>
                  )}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  );
}
