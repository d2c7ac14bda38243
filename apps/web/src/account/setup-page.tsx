import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf, useClaim } from '../api/index.ts';
import { Button, Card, Notice, TextField } from '../ui/index.ts';
import { AccountFrame } from './account-frame.tsx';
import { shortestPassword } from './password.ts';
import './words.ts';

/** The first account of a fresh installation: whoever has the link from the console becomes its owner. */
export function SetupPage() {
  const { t } = useTranslation('account');
  const { token: fromLink = '' } = useSearch({ from: '/setup' });
  const navigate = useNavigate();
  const claim = useClaim();
  const [form, setForm] = useState({ token: fromLink, name: '', email: '', password: '', workspace: '' });
  const [tried, setTried] = useState(false);
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value });

  const refused = claim.error instanceof ApiError ? claim.error : undefined;
  const missing = (field: keyof typeof form) => (tried && form[field].trim() === '' ? t('fillIn') : undefined);
  const errorOf = (field: keyof typeof form) => missing(field) ?? refused?.issueAt(field);
  const tooShort = form.password !== '' && form.password.length < shortestPassword ? t('passwordTooShort', { count: shortestPassword }) : undefined;
  const complete = Object.values(form).every((value) => value.trim() !== '') && tooShort === undefined;

  const submit = () => {
    setTried(true);
    if (!complete) return;
    claim.mutate(
      { ...form, name: form.name.trim(), email: form.email.trim(), workspace: form.workspace.trim(), token: form.token.trim() },
      { onSuccess: () => void navigate({ to: '/', replace: true }) },
    );
  };

  return (
    <AccountFrame title={t('setup.title')} text={t('setup.text')}>
      <Card className="p-5">
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {claim.error && (refused?.problem.issues ?? []).length === 0 && <Notice tone="danger">{messageOf(claim.error)}</Notice>}
          {fromLink === '' && (
            <TextField
              label={t('setup.token')}
              hint={t('setup.tokenHint')}
              required
              value={form.token}
              onChange={set('token')}
              error={errorOf('token')}
              autoComplete="off"
              spellCheck={false}
            />
          )}
          {fromLink !== '' && refused?.issueAt('token') !== undefined && <Notice tone="danger">{refused.issueAt('token')}</Notice>}
          <TextField label={t('name')} required value={form.name} onChange={set('name')} error={errorOf('name')} autoComplete="name" maxLength={120} />
          <TextField label={t('email')} type="email" required value={form.email} onChange={set('email')} error={errorOf('email')} autoComplete="email" />
          <TextField
            label={t('password')}
            type="password"
            required
            hint={t('passwordHint', { count: shortestPassword })}
            value={form.password}
            onChange={set('password')}
            error={errorOf('password') ?? (tried ? tooShort : undefined)}
            autoComplete="new-password"
          />
          <TextField
            label={t('setup.workspace')}
            hint={t('setup.workspaceHint')}
            required
            value={form.workspace}
            onChange={set('workspace')}
            error={errorOf('workspace')}
            autoComplete="organization"
            maxLength={120}
          />
          <Button variant="primary" type="submit" loading={claim.isPending} className="mt-1 w-full">
            {t('setup.action')}
          </Button>
        </form>
      </Card>
    </AccountFrame>
  );
}
