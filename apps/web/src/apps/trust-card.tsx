import type { ConnectorDescriptor } from '@weft/connector-sdk';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { messageOf, useConnectorFacts } from '../api/index.ts';
import { Card, CopyButton, ErrorState, Skeleton } from '../ui/index.ts';
import { reachOf, strongestEffect } from './what-it-does.ts';
import './words.ts';

const tiers = { verified: 'trust.tierVerified', curated: 'trust.tierCurated', imported: 'trust.tierImported' } as const;
const outside = { read: 'trust.outsideReads', write: 'trust.outsideWrites', delete: 'trust.outsideDeletes' } as const;
const knownData = ['personal', 'financial', 'health'] as const;

/** Where a connector comes from, what it may reach and what it does there: what is needed to decide whether to use it. */
export function TrustCard({ connector }: { connector: ConnectorDescriptor }) {
  const { t } = useTranslation('apps');
  const facts = useConnectorFacts(connector.id);
  const { provenance, tier, auth, governance } = connector;
  const { any, hosts, connection } = reachOf(connector);
  const effect = strongestEffect(connector);
  const reached = [...(any ? [t('trust.hostsAny')] : []), ...hosts, ...(connection && !any ? [t('trust.hostsConnection')] : [])];
  const unknown = facts.isError ? t('trust.notRead') : <Skeleton className="h-4 w-32" />;
  const data = governance.dataClasses.map((written) => {
    const known = knownData.find((one) => one === written);
    return known === undefined ? written : t(`data.${known}`);
  });
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-base font-semibold">{t('trust.title')}</h2>
      <dl className="flex flex-col gap-2.5 text-sm">
        <Fact name={t('trust.origin')}>{t('trust.originHand')}</Fact>
        {provenance.author !== undefined && <Fact name={t('trust.author')}>{provenance.author}</Fact>}
        <Fact name={t('trust.licence')}>{provenance.licence}</Fact>
        <Fact name={t('trust.tier')}>{t(tiers[tier])}</Fact>
        <Fact name={t('trust.hosts')}>{reached.length === 0 ? t('trust.hostsNone') : <Lines texts={reached} />}</Fact>
        <Fact name={t('trust.outside')}>{t(effect === undefined ? 'trust.outsideNothing' : outside[effect])}</Fact>
        <Fact name={t('trust.signIn')}>{auth.length === 0 ? t('trust.noSignIn') : <Lines texts={auth.map(({ title }) => title)} />}</Fact>
        <Fact name={t('trust.data')}>{data.length === 0 ? t('trust.dataNone') : data.join(', ')}</Fact>
        <Fact name={t('trust.runs')}>
          {facts.data ? t(facts.data.isolated ? 'trust.runsAlone' : 'trust.runsInside') : unknown}
        </Fact>
        <Fact name={t('trust.hash')}>
          {facts.data ? (
            <span className="flex items-center gap-1">
              <code className="font-mono text-xs" title={facts.data.sha256}>{`${facts.data.sha256.slice(0, 12)}…${facts.data.sha256.slice(-6)}`}</code>
              <CopyButton text={facts.data.sha256} />
            </span>
          ) : unknown}
        </Fact>
      </dl>
      {facts.isError && <ErrorState text={messageOf(facts.error)} retry={() => void facts.refetch()} />}
      <p className="text-xs text-muted">{t('trust.held')}</p>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-baseline gap-2">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

const Lines = ({ texts }: { texts: readonly string[] }) => texts.map((text) => <span key={text} className="block">{text}</span>);
