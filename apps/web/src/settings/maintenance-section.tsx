import type { Maintenance } from '@weft/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useConnectors, useDrain, useHoldConnector, useMaintenance } from '../api/index.ts';
import { isCalled } from '../connections/is-called.ts';
import { Button, ErrorState, formatDateTime, Notice, Select, Skeleton, Switch, TextField, toast } from '../ui/index.ts';
import { Section } from './section.tsx';
import './words.ts';

/** Holding work back: for maintenance, or because a connector version does harm. Only administrators see it. */
export function MaintenanceSection() {
  const { t } = useTranslation('settings');
  const maintenance = useMaintenance();
  return (
    <Section id="maintenance" title={t('maintenance.title')} text={t('maintenance.text')}>
      {maintenance.isPending && <Skeleton className="h-16" />}
      {maintenance.isError && <ErrorState text={messageOf(maintenance.error)} retry={() => void maintenance.refetch()} />}
      {maintenance.data && (
        <div className="flex flex-col gap-6">
          <Drain maintenance={maintenance.data} />
          <HeldConnectors maintenance={maintenance.data} />
        </div>
      )}
    </Section>
  );
}

function Drain({ maintenance: { draining, running, queued } }: { maintenance: Maintenance }) {
  const { t, i18n } = useTranslation('settings');
  const drain = useDrain();
  return (
    <div className="flex flex-col gap-3">
      <Switch
        label={t('maintenance.drain')}
        hint={t('maintenance.drainHint')}
        checked={draining !== null}
        disabled={drain.isPending}
        onChange={(next) => drain.mutate(next)}
      />
      {draining && (
        <Notice tone={running === 0 ? 'ok' : 'warn'}>
          {running === 0 ? t('maintenance.drained') : t('maintenance.left', { count: running })} {t('maintenance.queued', { count: queued })}{' '}
          {t('maintenance.since', { by: draining.by, time: formatDateTime(draining.since, i18n.language) })}
        </Notice>
      )}
    </div>
  );
}

function HeldConnectors({ maintenance }: { maintenance: Maintenance }) {
  const { t, i18n } = useTranslation('settings');
  const hold = useHoldConnector();
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h3 className="text-sm font-medium">{t('maintenance.connectors')}</h3>
        <p className="text-xs text-subtle">{t('maintenance.connectorsHint')}</p>
      </div>
      {maintenance.connectors.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
          {maintenance.connectors.map(({ connector, version, title, note, by, since }) => (
            <li key={`${connector}@${version}`} className="flex items-center gap-3 px-3 py-2">
              <div className="min-w-0 flex-1">
                <p className="text-sm font-medium">{t('maintenance.connector', { title, version })}</p>
                <p className="text-sm break-words text-muted">{note}</p>
                <p className="text-xs text-subtle">{t('maintenance.since', { by, time: formatDateTime(since, i18n.language) })}</p>
              </div>
              <Button
                size="sm"
                aria-label={t('maintenance.switchOnOf', { title, version })}
                loading={hold.isPending && hold.variables.connector === connector && hold.variables.version === version}
                onClick={() => hold.mutate({ connector, version, note: null }, {
                  onSuccess: () => toast.success(t('maintenance.switchedOn', { title, version })),
                })}
              >
                {t('maintenance.switchOn')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <HoldForm held={maintenance.connectors} />
    </div>
  );
}

function HoldForm({ held }: { held: Maintenance['connectors'] }) {
  const { t } = useTranslation('settings');
  const connectors = useConnectors();
  const hold = useHoldConnector();
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const isHeld = (id: string, version: string) => held.some((one) => one.connector === id && one.version === version);
  const options = (connectors.data ?? [])
    .filter((connector) => isCalled(connector) && !isHeld(connector.id, connector.version))
    .map(({ id, version, title }) => ({ value: `${id}@${version}`, label: t('maintenance.connector', { title, version }) }));
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const [connector = '', version = ''] = (chosen ?? '').split('@');
        hold.mutate(
          { connector, version, note: note.trim() },
          {
            onSuccess: () => {
              setChosen(null);
              setNote('');
            },
          },
        );
      }}
    >
      {hold.error && <Notice tone="danger">{messageOf(hold.error)}</Notice>}
      <div className="grid grid-cols-[minmax(0,14rem)_minmax(0,1fr)] gap-3 max-sm:grid-cols-1">
        <Select label={t('maintenance.choose')} placeholder={t('maintenance.choosePlaceholder')} value={chosen} onChange={setChosen} options={options} />
        <TextField label={t('maintenance.why')} placeholder={t('maintenance.whyPlaceholder')} maxLength={300} value={note} onChange={setNote} />
      </div>
      <Button type="submit" variant="danger" className="self-start" disabled={chosen === null || note.trim() === ''} loading={hold.isPending}>
        {t('maintenance.switchOff')}
      </Button>
    </form>
  );
}
