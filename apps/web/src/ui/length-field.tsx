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
  /** Undefined when it is emptied. */
  onChange: (ms: number | undefined) => void;
  readOnly?: boolean;
}

/** A length of time: a number and its unit. */
export function LengthField({ label, hint, required, value, onChange, readOnly }: LengthFieldProps) {
  const { t } = useTranslation('ui');
  const [chosen, setChosen] = useState<LengthUnit>();
  const unit = chosen ?? (value === undefined ? 'minute' : lengthParts(value).unit);
  return (
    <Field label={label} hint={hint} required={required}>
      {(wiring) => (
        <div className="grid grid-cols-[minmax(0,1fr)_8rem] gap-2">
          <input
            {...wiring}
            type="number"
            min={0}
            step="any"
            value={value === undefined ? '' : String(value / unitMs[unit])}
            readOnly={readOnly}
            onChange={({ target }) => {
              const number = Number(target.value);
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
              if (value !== undefined) onChange(Math.round((value / unitMs[unit]) * unitMs[next]));
            }}
            options={(['second', 'minute', 'hour', 'day'] as const).map((one) => ({ value: one, label: t(`length.${one}`) }))}
          />
        </div>
      )}
    </Field>
  );
}
