import type { WidgetProps } from '@rjsf/utils';
import type { Json } from '@weft/json-schema';
import { useFormSlots } from '../slots.ts';

/** Several of a closed list: check boxes in one group. rjsf asks for it where a list's items are an enum without repeats. */
export function ChoicesWidget({ id, label, value, options, readonly, disabled, onChange }: WidgetProps) {
  const slots = useFormSlots();
  const chosen = Array.isArray(value) ? (value as Json[]) : [];
  const key = (item: Json): string => JSON.stringify(item);
  const has = (item: Json): boolean => chosen.some((other) => key(other) === key(item));
  return (
    <fieldset id={id} aria-label={label} className="flex min-w-0 flex-col gap-1.5">
      {(options.enumOptions ?? []).map((option) => (
        <label key={key(option.value as Json)} className="flex min-h-6 items-center gap-2 text-sm text-fg">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={has(option.value as Json)}
            disabled={slots.readOnly || readonly || disabled}
            onChange={() => {
              const item = option.value as Json;
              onChange(has(item) ? chosen.filter((other) => key(other) !== key(item)) : [...chosen, item]);
            }}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
