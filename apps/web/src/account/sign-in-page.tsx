import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useSignIn } from '../api/index.ts';
import { Button, Card, Notice, TextField } from '../ui/index.ts';
import { AccountFrame } from './account-frame.tsx';
import './words.ts';

export function SignInPage() {
  const { t } = useTranslation('account');
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const router = useRouter();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const missing = (value: string) => (tried && value === '' ? t('fillIn') : undefined);

  const submit = () => {
    setTried(true);
    if (email === '' || password === '') return;
    signIn.mutate(
      { email: email.trim(), password },
      { onSuccess: () => (next === undefined ? void navigate({ to: '/', replace: true }) : router.history.replace(next)) },
    );
  };

  return (
    <AccountFrame title={t('signIn.title')} text={next === undefined ? t('signIn.text') : t('signIn.back')}>
      <Card className="p-5">
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {signIn.error && <Notice tone="danger">{messageOf(signIn.error)}</Notice>}
          <TextField label={t('email')} type="email" required value={email} onChange={setEmail} error={missing(email)} autoComplete="username" />
          <TextField
            label={t('password')}
            type="password"
            required
            value={password}
            onChange={setPassword}
            error={missing(password)}
            autoComplete="current-password"
          />
          <Button variant="primary" type="submit" loading={signIn.isPending} className="mt-1 w-full">
            {t('signIn.action')}
          </Button>
        </form>
      </Card>
    </AccountFrame>
  );
}
