import { Link } from '@tanstack/react-router';
import type { ConnectionSummary } from '@weft/api';
import { CircleCheck, CircleX, Ellipsis, Pencil, Trash2, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { messageOf, useConnectors, useTestConnection, useWorkspaceId } from '../api/index.ts';
import { Badge, Button, ConnectorIcon, IconButton, Menu, RelativeTime, Table, Td, Th, toast, Tr } from '../ui/index.ts';
import { isCalled } from './is-called.ts';
import './words.ts';

export interface ConnectionsTableProps {
  connections: ConnectionSummary[];
  onEdit: (connection: ConnectionSummary) => void;
  onDelete: (connection: ConnectionSummary) => void;
}

export function ConnectionsTable({ connections, onEdit, onDelete }: ConnectionsTableProps) {
  const { t } = useTranslation('connections');
  return (
    <Table label={t('title')} className="min-w-220">
      <thead>
        <tr>
          <Th>{t('column.connection')}</Th>
          <Th className="w-72">{t('column.state')}</Th>
          <Th>{t('column.usedBy')}</Th>
          <Th className="w-36">
            <span className="sr-only">{t('column.actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {connections.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} onEdit={() => onEdit(connection)} onDelete={() => onDelete(connection)} />
        ))}
      </tbody>
    </Table>
  );
}

function ConnectionRow({ connection, onEdit, onDelete }: { connection: ConnectionSummary; onEdit: () => void; onDelete: () => void }) {
  const { t } = useTranslation('connections');
  const { data: connectors = [] } = useConnectors();
  const test = useTestConnection();
  const connector = connectors.find(({ id }) => id === connection.connector);
  // A secret that calls are checked with is only compared.
  const isTried = connector === undefined || isCalled(connector);
  const scheme = connector?.auth.find(({ id }) => id === connection.scheme);
  const run = () =>
    test.mutate(connection.id, {
      onSuccess: ({ ok, message }) => (ok ? toast.success(t('test.ok', { title: connection.title })) : toast.error(message)),
      onError: (error) => toast.error(messageOf(error)),
    });
  return (
    <Tr className="relative">
      <Td>
        <span className="flex items-center gap-3">
          <span className="flex size-8 shrink-0 items-center justify-center rounded-md border border-line bg-raised text-muted">
            <ConnectorIcon connector={connector} size={18} />
          </span>
          <span className="min-w-0">
            <button
              type="button"
              onClick={onEdit}
              title={connection.title}
              className="block one-line max-w-full rounded-sm text-left font-medium text-fg after:absolute after:inset-0"
            >
              {connection.title}
            </button>
            <span className="block one-line text-xs text-subtle">{[connector?.title ?? connection.connector, scheme?.title].filter(Boolean).join(' · ')}</span>
          </span>
        </span>
      </Td>
      <Td>
        {connection.lastTest === null || !isTried ? (
          <Badge>{t(isTried ? 'state.untested' : 'state.kept')}</Badge>
        ) : (
          <span className="flex min-w-0 flex-col items-start gap-0.5 py-1.5">
            <span className="flex items-center gap-2">
              <Badge
                tone={connection.lastTest.ok ? 'ok' : 'danger'}
                icon={connection.lastTest.ok ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
              >
                {connection.lastTest.ok ? t('state.works') : t('state.fails')}
              </Badge>
              <span className="text-xs text-subtle">
                <RelativeTime at={connection.lastTest.at} />
              </span>
            </span>
            {!connection.lastTest.ok && (
              <span className="one-line max-w-full text-xs text-muted" title={connection.lastTest.message}>
                {connection.lastTest.message}
              </span>
            )}
          </span>
        )}
      </Td>
      <Td>
        <UsedBy flows={connection.usedBy} />
      </Td>
      <Td className="py-0">
        <span className="relative z-1 flex items-center justify-end gap-1">
          {isTried && (
            <Button size="sm" icon={<Zap />} loading={test.isPending} aria-label={t('test.of', { title: connection.title })} onClick={run}>
              {t('test.action')}
            </Button>
          )}
          <Menu
            trigger={<IconButton plain label={t('actionsOf', { title: connection.title })} icon={<Ellipsis />} />}
            items={[
              { label: t('edit'), icon: <Pencil />, onSelect: onEdit },
              { label: t('delete.menu'), icon: <Trash2 />, danger: true, separated: true, onSelect: onDelete },
            ]}
          />
        </span>
      </Td>
    </Tr>
  );
}

function UsedBy({ flows }: { flows: ConnectionSummary['usedBy'] }) {
  const { t } = useTranslation('connections');
  const workspace = useWorkspaceId();
  const [first, ...rest] = flows;
  if (first === undefined) return <span className="text-subtle">{t('notUsed')}</span>;
  return (
    <span className="relative z-1 flex min-w-0 items-center gap-2">
      <Link
        to="/w/$workspace/flows/$flow"
        params={{ workspace, flow: first.id }}
        title={first.title}
        className="one-line rounded-sm text-accent-text hover:underline"
      >
        {first.title}
      </Link>
      {rest.length > 0 && (
        <span className="whitespace-nowrap text-subtle" title={rest.map(({ title }) => title).join('\n')}>
          {t('andMore', { count: rest.length })}
        </span>
      )}
    </span>
  );
}
