import { Link, useLocation, useParams } from '@tanstack/react-router';
import type { Operation } from '@weft/connector-sdk';
import { ArrowLeft, Blocks } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { messageOf, useConnectors, useWorkspaceId } from '../api/index.ts';
import { primaryFirst } from '../step-kinds/sources.ts';
import { Badge, buttonClass, Card, ConnectorIcon, EmptyState, ErrorState, SkeletonRows } from '../ui/index.ts';
import { OperationCard } from './operation-card.tsx';
import { TrustCard } from './trust-card.tsx';
import { UsedBy } from './used-by.tsx';
import { VersionCard } from './version-card.tsx';
import './words.ts';

const kinds = ['trigger', 'action', 'source'] as const;

/** All about one connector: what it does, how far it can be trusted, and who uses it. */
export function AppPage() {
  const { t } = useTranslation('apps');
  const { app } = useParams({ from: '/framed/w/$workspace/apps/$app' });
  const workspace = useWorkspaceId();
  const wanted = useLocation().hash;
  const connectors = useConnectors();
  const connector = connectors.data?.find(({ id }) => id === app);
  const all = (
    <Link to="/w/$workspace/apps" params={{ workspace }} className={buttonClass()}>
      <ArrowLeft aria-hidden="true" />
      {t(connectors.isSuccess && !connector ? 'unknown.action' : 'back')}
    </Link>
  );
  if (connectors.isSuccess && !connector) {
    return (
      <Page title={app}>
        <Card>
          <EmptyState icon={<Blocks />} title={t('unknown.title')} text={t('unknown.text')} action={all} />
        </Card>
      </Page>
    );
  }
  const operations = (connector?.operations ?? []).filter(({ visibility }) => visibility !== 'internal');
  const ofKind = (kind: Operation['kind']) =>
    operations.filter((operation) => operation.kind === kind).map((operation) => ({ operation })).toSorted(primaryFirst);
  return (
    <Page title={connector?.title ?? app} text={connector?.description} actions={all}>
      {connectors.isPending && (
        <Card aria-busy="true">
          <SkeletonRows />
        </Card>
      )}
      {connectors.isError && (
        <Card>
          <ErrorState text={messageOf(connectors.error)} retry={() => void connectors.refetch()} />
        </Card>
      )}
      {connector && (
        <>
          <p className="-mt-2 flex items-center gap-3">
            <span className="flex size-10 shrink-0 items-center justify-center rounded-md border border-line bg-raised text-fg">
              <ConnectorIcon connector={connector} size={22} />
            </span>
            <Badge tone={connector.tier === 'verified' ? 'ok' : 'neutral'}>{t(`tier.${connector.tier}`)}</Badge>
            <span className="text-sm text-muted">{connector.categories.join(', ')}</span>
          </p>
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <div className="flex min-w-0 flex-col gap-5">
              {kinds.filter((kind) => ofKind(kind).length > 0).map((kind) => (
                <section key={kind} aria-label={t(`kind.${kind}`)} className="flex flex-col gap-2">
                  <h2 className="text-base font-semibold">{t(`kind.${kind}`)}</h2>
                  <Card className="overflow-hidden">
                    <ul>
                      {ofKind(kind).map(({ operation }) => (
                        <OperationCard key={operation.id} connector={connector} operation={operation} wanted={operation.id === wanted} />
                      ))}
                    </ul>
                  </Card>
                </section>
              ))}
            </div>
            <div className="flex min-w-0 flex-col gap-5">
              <TrustCard connector={connector} />
              <VersionCard connector={connector} />
              <UsedBy connector={connector.id} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
