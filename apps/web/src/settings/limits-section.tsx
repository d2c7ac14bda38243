import type { InstallationSettings } from '@weft/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useSaveSettings, useSettings } from '../api/index.ts';
import { Button, ErrorState, Notice, Skeleton, TextField, toast } from '../ui/index.ts';
import { Section } from './section.tsx';
import './words.ts';

/** How long queues may grow, and how long history is kept where a flow does not say otherwise. */
export function LimitsSection() {
  const { t } = useTranslation('settings');
  const settings = useSettings();
  return (
    <Section id="limits" title={t('limits.title')} text={t('limits.text')}>
      {settings.isPending && <Skeleton className="h-24" />}
      {settings.isError && <ErrorState text={messageOf(settings.error)} retry={() => void settings.refetch()} />}
      {settings.data && <LimitsForm settings={settings.data} />}
    </Section>
  );
}

const fields = [
  { name: 'queuePerFlow', most: 1_000_000, optional: false },
  { name: 'queueInAll', most: 10_000_000, optional: false },
  { name: 'retentionDays', most: 3_650, optional: true },
  { name: 'retentionRuns', most: 10_000_000, optional: true },
] as const;

type FieldName = (typeof fields)[number]['name'];

function LimitsForm({ settings }: { settings: InstallationSettings }) {
  const { t, i18n } = useTranslation('settings');
  const save = useSaveSettings();
  const [typed, setTyped] = useState<Record<FieldName, string>>({
    queuePerFlow: String(settings.queuePerFlow),
    queueInAll: String(settings.queueInAll),
    retentionDays: String(settings.retentionDays ?? ''),
    retentionRuns: String(settings.retentionRuns ?? ''),
  });
  const isWrong = ({ name, most, optional }: (typeof fields)[number]) => {
    const text = typed[name].trim();
    return text === '' ? !optional : !/^\d+$/.test(text) || Number(text) < 1 || Number(text) > most;
  };
  const wrong = fields.some(isWrong);
  const changed = fields.some(({ name }) => typed[name].trim() !== String(settings[name] ?? ''));
  const number = (name: FieldName): number => Number(typed[name]);
  const optional = (name: FieldName): number | null => (typed[name].trim() === '' ? null : Number(typed[name]));
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const changes = {
          queuePerFlow: number('queuePerFlow'),
          queueInAll: number('queueInAll'),
          retentionDays: optional('retentionDays'),
          retentionRuns: optional('retentionRuns'),
        };
        save.mutate(changes, { onSuccess: () => toast.success(t('saved')) });
      }}
    >
      {save.error && <Notice tone="danger">{messageOf(save.error)}</Notice>}
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        {fields.map((field) => (
          <TextField
            key={field.name}
            label={t(`limits.${field.name}`)}
            hint={t(`limits.${field.name}Hint`)}
            inputMode="numeric"
            placeholder={field.optional ? t('limits.unlimited') : undefined}
            value={typed[field.name]}
            onChange={(value) => setTyped({ ...typed, [field.name]: value })}
            error={isWrong(field) ? t('limits.wrong', { most: field.most.toLocaleString(i18n.language) }) : undefined}
          />
        ))}
      </div>
      <Button type="submit" className="self-start" disabled={wrong || !changed} loading={save.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
