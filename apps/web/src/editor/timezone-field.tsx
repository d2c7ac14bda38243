import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/index.ts';
import './dialog-words.ts';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** An IANA time zone, found by typing. Only names that exist are taken over. */
export function TimezoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const { t } = useTranslation('editor');
  const [text, setText] = useState(value);
  const listId = useId();
  const isKnown = zones.includes(text);
  return (
    <>
      <TextField
        label={t('settings.timezone')}
        hint={t('settings.timezoneHint')}
        error={isKnown ? undefined : t('settings.timezoneUnknown')}
        value={text}
        list={listId}
        onChange={(next) => {
          setText(next);
          if (zones.includes(next)) onChange(next);
        }}
      />
      <datalist id={listId}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
    </>
  );
}
