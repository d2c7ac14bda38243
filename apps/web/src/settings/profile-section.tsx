import type { Me } from '@weft/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRename } from '../api/index.ts';
import { Button, TextField, toast } from '../ui/index.ts';
import { Section } from './section.tsx';
import './words.ts';

export function ProfileSection({ me }: { me: Me }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState(me.user.name);
  const rename = useRename();
  const next = name.trim();
  return (
    <Section id="profile" title={t('profile.title')} text={t('profile.text')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate(next, { onSuccess: () => toast.success(t('saved')) });
        }}
      >
        <TextField label={t('profile.name')} required maxLength={120} autoComplete="name" value={name} onChange={setName} />
        <TextField label={t('profile.email')} readOnly value={me.user.email} onChange={() => undefined} hint={t('profile.emailHint')} />
        <Button type="submit" className="self-start" disabled={next === '' || next === me.user.name} loading={rename.isPending}>
          {t('save')}
        </Button>
      </form>
    </Section>
  );
}
