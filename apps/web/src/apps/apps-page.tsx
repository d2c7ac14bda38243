import { Link } from '@tanstack/react-router';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import { Search, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { messageOf, useConnections, useConnectors, useWorkspaceId } from '../api/index.ts';
import { Badge, Button, Card, ConnectorIcon, EmptyState, ErrorState, SkeletonRows, TextField } from '../ui/index.ts';
import './words.ts';

/** Everything that flows can work with, those with a connection first. */
export function AppsPage() {
  const { t } = useTranslation('apps');
  const connectors = useConnectors();
  const connections = useConnections();
  const [search, setSearch] = useState('');
  const made = new Map<string, number>();
  for (const { connector } of connections.data ?? []) made.set(connector, (made.get(connector) ?? 0) + 1);
  const found = (connectors.data ?? [])
    .filter((connector) => isFound(connector, search))
    .toSorted((a, b) => Number(made.has(b.id)) - Number(made.has(a.id)) || a.title.localeCompare(b.title));
  return (
    <Page title={t('title')} text={t('text')}>
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
      {connectors.isSuccess && (
        <>
          <TextField
            label={t('search')}
            labelHidden
            type="search"
            icon={<Search />}
            placeholder={t('search')}
            value={search}
            onChange={setSearch}
            className="w-80 max-w-full"
          />
          {found.length === 0 ? (
            <Card>
              <EmptyState
                icon={<SearchX />}
                title={t('nothing.title')}
                text={t('nothing.text', { search: search.trim() })}
                action={<Button onClick={() => setSearch('')}>{t('nothing.action')}</Button>}
              />
            </Card>
          ) : (
            <ul aria-label={t('title')} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
              {found.map((connector) => (
                <AppCard key={connector.id} connector={connector} connections={made.get(connector.id) ?? 0} />
              ))}
            </ul>
          )}
        </>
      )}
    </Page>
  );
}

function AppCard({ connector, connections }: { connector: ConnectorDescriptor; connections: number }) {
  const { t } = useTranslation('apps');
  const workspace = useWorkspaceId();
  const offered = connector.operations.filter(({ visibility }) => visibility !== 'internal').length;
  return (
    <li className="relative flex gap-3 rounded-lg border border-line bg-surface p-4 hover:bg-hover">
      <span className="flex size-10 shrink-0 items-center justify-center rounded-md border border-line bg-raised text-fg">
        <ConnectorIcon connector={connector} size={22} />
      </span>
      <span className="flex min-w-0 flex-col gap-1">
        <Link
          to="/w/$workspace/apps/$app"
          params={{ workspace, app: connector.id }}
          className="rounded-sm text-sm font-semibold text-fg after:absolute after:inset-0 after:rounded-lg"
        >
          {connector.title}
        </Link>
        <span className="text-sm text-muted">{connector.description}</span>
        <span className="mt-1 flex flex-wrap gap-1.5">
          <Badge>{t('operations', { count: offered })}</Badge>
          {connections > 0 && <Badge tone="accent">{t('connections', { count: connections })}</Badge>}
        </span>
      </span>
    </li>
  );
}

/** Every word that was typed stands in what the app, or something that it does, is called or described by. */
function isFound({ title, description = '', categories, operations }: ConnectorDescriptor, search: string): boolean {
  const said = [title, description, ...categories, ...operations.flatMap((one) => [one.title, one.description ?? '', ...(one.keywords ?? [])])];
  const text = said.join('\n').toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
