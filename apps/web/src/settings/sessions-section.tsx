import type { SessionSummary } from '@weft/api';
import { Laptop } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { messageOf, useEndSession, useSessions } from '../api/index.ts';
import { Badge, Button, Card, ErrorState, RelativeTime, SkeletonRows, toast } from '../ui/index.ts';
import { deviceOf } from './device.ts';
import { Section } from './section.tsx';
import './words.ts';

export function SessionsSection() {
  const { t } = useTranslation('settings');
  const sessions = useSessions();
  const end = useEndSession();
  const others = (sessions.data ?? []).filter(({ current }) => !current);
  return (
    <Section id="sessions" title={t('sessions.title')} text={t('sessions.text')}>
      <Card aria-busy={sessions.isPending}>
        {sessions.isPending && <SkeletonRows rows={2} />}
        {sessions.isError && <ErrorState text={messageOf(sessions.error)} retry={() => void sessions.refetch()} />}
        <ul className="divide-y divide-line">
          {sessions.data?.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              onEnd={() => end.mutate(session.id, { onSuccess: () => toast.success(t('sessions.ended')) })}
              ending={end.isPending && end.variables === session.id}
            />
          ))}
        </ul>
      </Card>
      {others.length > 0 && (
        <Button
          className="mt-3"
          loading={end.isPending && end.variables === 'others'}
          onClick={() => end.mutate('others', { onSuccess: () => toast.success(t('sessions.othersEnded')) })}
        >
          {t('sessions.endOthers')}
        </Button>
      )}
    </Section>
  );
}

function SessionRow({ session, onEnd, ending }: { session: SessionSummary; onEnd: () => void; ending: boolean }) {
  const { t } = useTranslation('settings');
  const { browser, system } = deviceOf(session.userAgent);
  const device = browser === null && system === null ? t('sessions.unknown') : [browser, system].filter(Boolean).join(' · ');
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Laptop aria-hidden="true" className="size-4 shrink-0 text-subtle" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="one-line font-medium" title={session.userAgent ?? undefined}>
            {device}
          </span>
          {session.current && <Badge tone="accent">{t('sessions.current')}</Badge>}
        </span>
        <span className="block text-xs text-subtle">
          {session.ipAddress !== null && session.ipAddress !== '' && `${session.ipAddress} · `}
          {t('sessions.lastSeen')} <RelativeTime at={session.lastSeenAt} />
        </span>
      </span>
      {!session.current && (
        <Button size="sm" loading={ending} onClick={onEnd} aria-label={t('sessions.endOf', { device })}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
