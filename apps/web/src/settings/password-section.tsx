import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortestPassword } from '../account/password.ts';
import { ApiError, messageOf, useChangePassword } from '../api/index.ts';
import { Button, Notice, TextField, toast } from '../ui/index.ts';
import { Section } from './section.tsx';
import './words.ts';
import '../account/words.ts';

export function PasswordSection() {
  const { t } = useTranslation('settings');
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const refused = change.error instanceof ApiError ? change.error : undefined;
  const atField = refused?.issueAt('current') ?? refused?.issueAt('next');
  const tooShort = next !== '' && next.length < shortestPassword;
  return (
    <Section id="password" title={t('password.title')} text={t('password.text')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { current, next },
            {
              onSuccess: () => {
                setCurrent('');
                setNext('');
                toast.success(t('password.done'));
              },
            },
          );
        }}
      >
        {change.error && atField === undefined && <Notice tone="danger">{messageOf(change.error)}</Notice>}
        <TextField
          label={t('password.current')}
          type="password"
          required
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          error={refused?.issueAt('current')}
        />
        <TextField
          label={t('password.next')}
          type="password"
          required
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          hint={t('account:passwordHint', { count: shortestPassword })}
          error={refused?.issueAt('next') ?? (tooShort ? t('account:passwordTooShort', { count: shortestPassword }) : undefined)}
        />
        <Button type="submit" className="self-start" disabled={current === '' || next === '' || tooShort} loading={change.isPending}>
          {t('password.action')}
        </Button>
      </form>
    </Section>
  );
}
