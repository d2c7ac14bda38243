import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';
import { controlClass, Field } from './field.tsx';
import { lengthParts, unitMs, type LengthUnit } from './length-text.ts';
import { Select } from './select.tsx';

export interface LengthFieldProps {
  label: string;
  hint?: ReactNode;
  required?: boolean;
  /** Milliseconds; undefined while nothing is set. */
  value: number | undefined;
  /** The longest that may be set, milliseconds; a longer one stays in the field with a sentence. */
  maxMs: number;
  /** Undefined when it is emptied. */
  onChange: (ms: number | undefined) => void;
  readOnly?: boolean;
}

/** A length of time: a number and its unit. */
export function LengthField({ label, hint, required, value, maxMs, onChange, readOnly }: LengthFieldProps) {
  const { t } = useTranslation('ui');
  const [chosen, setChosen] = useState<LengthUnit>();
  const [tooLong, setTooLong] = useState<string>();
  const unit = chosen ?? (value === undefined ? 'minute' : lengthParts(value).unit);
  return (
    <Field label={label} hint={hint} required={required} error={tooLong === undefined ? null : t('length.tooLong', { days: Math.floor(maxMs / unitMs.day) })}>
      {(wiring) => (
        <div className="grid grid-cols-[minmax(0,1fr)_8rem] gap-2">
          <input
            {...wiring}
            type="number"
            min={0}
            step="any"
            value={tooLong ?? (value === undefined ? '' : String(value / unitMs[unit]))}
            readOnly={readOnly}
            onChange={({ target }) => {
              const number = Number(target.value);
              const isTooLong = number * unitMs[unit] > maxMs;
              setTooLong(isTooLong ? target.value : undefined);
              if (isTooLong) return;
              if (target.value.trim() === '') onChange(undefined);
              else if (number >= 0) onChange(Math.round(number * unitMs[unit]));
            }}
            className={cx(controlClass, 'h-8')}
          />
          <Select
            label={t('length.unit', { of: label })}
            labelHidden
            value={unit}
            disabled={readOnly}
            onChange={(next) => {
              setChosen(next);
              const number = tooLong === undefined ? value && value / unitMs[unit] : Number(tooLong);
              if (number === undefined) return;
              const isTooLong = number * unitMs[next] > maxMs;
              setTooLong(isTooLong ? String(number) : undefined);
              if (!isTooLong) onChange(Math.round(number * unitMs[next]));
            }}
            options={(['second', 'minute', 'hour', 'day'] as const).map((one) => ({ value: one, label: t(`length.${one}`) }))}
          />
        </div>
      )}
    </Field>
  );
}
