import type { CallRate } from '@weft/connector-sdk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select, TextField } from '../ui/index.ts';
import './words.ts';

const most = 1_000_000;

/** At most so many calls a second, minute or hour; empty: as many as come. */
export function RateLimitField({ value, onChange }: { value: CallRate | null; onChange: (rate: CallRate | null) => void }) {
  const { t, i18n } = useTranslation('connections');
  const [calls, setCalls] = useState(value === null ? '' : String(value.calls));
  const [per, setPer] = useState<CallRate['per']>(value?.per ?? 'minute');
  const isRight = (text: string): boolean => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
  const change = (text: string, unit: CallRate['per']): void => {
    if (text.trim() === '') onChange(null);
    else if (isRight(text.trim())) onChange({ calls: Number(text), per: unit });
  };
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <TextField
        label={t('rate.calls')}
        hint={t('rate.hint')}
        inputMode="numeric"
        placeholder={t('rate.unlimited')}
        value={calls}
        onChange={(next) => {
          setCalls(next);
          change(next, per);
        }}
        error={calls.trim() === '' || isRight(calls.trim()) ? undefined : t('rate.wrong', { most: most.toLocaleString(i18n.language) })}
      />
      <Select
        label={t('rate.per')}
        value={per}
        onChange={(next) => {
          setPer(next);
          change(calls, next);
        }}
        options={(['second', 'minute', 'hour'] as const).map((unit) => ({ value: unit, label: t(`rate.${unit}`) }))}
      />
    </div>
  );
}
