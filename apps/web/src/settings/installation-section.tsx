import type { InstallationSettings } from '@weft/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf, useSaveSettings, useSettings } from '../api/index.ts';
import { Button, ErrorState, Notice, Skeleton, Switch, TextArea, TextField, toast } from '../ui/index.ts';
import { Section } from './section.tsx';
import './words.ts';

/** What concerns every workspace; only its administrators see it. */
export function InstallationSection() {
  const { t } = useTranslation('settings');
  const settings = useSettings();
  return (
    <Section id="installation" title={t('installation.title')} text={t('installation.text')}>
      {settings.isPending && (
        <div className="flex flex-col gap-4" aria-busy="true">
          <Skeleton className="h-24" />
          <Skeleton className="h-8" />
        </div>
      )}
      {settings.isError && <ErrorState text={messageOf(settings.error)} retry={() => void settings.refetch()} />}
      {settings.data && <InstallationForm settings={settings.data} />}
    </Section>
  );
}

const mebibyte = 1024 * 1024;

function InstallationForm({ settings }: { settings: InstallationSettings }) {
  const { t } = useTranslation('settings');
  const save = useSaveSettings();
  const [networks, setNetworks] = useState(settings.privateNetworks.join('\n'));
  const [limit, setLimit] = useState(String(settings.webhookLimitBytes / mebibyte));
  const privateNetworks = networks.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== '');
  const limitMib = Number(limit.replace(',', '.'));
  const limitIsWrong = !(limitMib > 0 && limitMib <= 1024);
  const changed = privateNetworks.join() !== settings.privateNetworks.join() || Math.round(limitMib * mebibyte) !== settings.webhookLimitBytes;
  const issues = save.error instanceof ApiError ? (save.error.problem.issues ?? []) : [];
  const issueAt = (field: keyof InstallationSettings) => issues.find(({ path }) => path[0] === field)?.message;
  return (
    <div className="flex flex-col gap-6">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ privateNetworks, webhookLimitBytes: Math.round(limitMib * mebibyte) }, { onSuccess: () => toast.success(t('saved')) });
        }}
      >
        {save.error && issues.length === 0 && <Notice tone="danger">{messageOf(save.error)}</Notice>}
        <TextArea
          label={t('installation.networks')}
          hint={t('installation.networksHint')}
          code
          rows={4}
          placeholder={'192.168.10.0/24\nerp.internal:8443'}
          value={networks}
          onChange={setNetworks}
          error={issueAt('privateNetworks')}
        />
        <TextField
          label={t('installation.limit')}
          hint={t('installation.limitHint')}
          inputMode="decimal"
          className="w-60"
          value={limit}
          onChange={setLimit}
          error={limitIsWrong ? t('installation.limitWrong') : issueAt('webhookLimitBytes')}
        />
        <Button type="submit" className="self-start" disabled={limitIsWrong || !changed} loading={save.isPending}>
          {t('save')}
        </Button>
      </form>
      <Switch
        label={t('installation.practice')}
        hint={t('installation.practiceHint')}
        checked={settings.practiceService}
        disabled={save.isPending}
        onChange={(practiceService) => save.mutate({ practiceService }, { onSuccess: () => toast.success(t('saved')) })}
      />
    </div>
  );
}
