import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextField } from '../ui/index.ts';
import { useMapperContext } from './mapper-context.ts';
import { selectTarget } from './mapper-state.ts';
import { setExpression } from './rules/edit-rules.ts';
import { placeKey, type Place } from './rules/places.ts';
import './words.ts';

/** A place that takes any name: a field is added by giving it one. */
export function AddField({ into }: { into: Place }) {
  const { t } = useTranslation('mapper');
  const { edit } = useMapperContext();
  const [name, setName] = useState('');
  const add = (): void => {
    const place = [...into, name.trim()];
    edit(t('undo.value', { name: name.trim() }), (document) => setExpression(document, place, { path: [] }));
    selectTarget(placeKey(place));
  };
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add();
      }}
    >
      <TextField className="w-56" label={t('addFieldName')} value={name} onChange={setName} />
      <Button type="submit" disabled={name.trim() === ''}>
        {t('addField')}
      </Button>
    </form>
  );
}
