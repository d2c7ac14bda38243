import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useFlowPages, useWorkspaceId } from '../api/index.ts';
import { Badge, Button, Card, ErrorState, SkeletonRows, TextField, useLater } from '../ui/index.ts';
import './words.ts';

/** The workspace's flows whose draft or running version uses a connector. */
export function UsedBy({ connector }: { connector: string }) {
  const { t } = useTranslation('apps');
  const workspace = useWorkspaceId();
  const [search, setSearch] = useState('');
  const searched = useLater(search.trim(), 200);
  const flows = useFlowPages(searched, connector);
  const found = flows.data?.pages.flatMap(({ items }) => items) ?? [];
  const isSearchable = searched !== '' || flows.hasNextPage || found.length > 5;
  return (
    <Card className="flex flex-col gap-3 p-4" aria-busy={flows.isPending}>
      <h2 className="text-base font-semibold">{t('flows.title')}</h2>
      {isSearchable && (
        <TextField label={t('flows.search')} labelHidden type="search" icon={<Search />} placeholder={t('flows.search')} value={search} onChange={setSearch} />
      )}
      {flows.isPending && <SkeletonRows />}
      {flows.isError && <ErrorState text={messageOf(flows.error)} retry={() => void flows.refetch()} />}
      {flows.isSuccess && found.length === 0 && (
        <p className="text-sm text-muted">{searched === '' ? t('flows.none') : t('flows.nothing', { search: searched })}</p>
      )}
      {found.length > 0 && (
        <ul aria-label={t('flows.title')} className="-mx-2 flex flex-col">
          {found.map(({ id, title, published, enabled }) => (
            <li key={id}>
              <Link
                to="/w/$workspace/flows/$flow"
                params={{ workspace, flow: id }}
                className="flex min-h-8 items-center justify-between gap-2 rounded-md px-2 py-1 text-sm hover:bg-hover"
              >
                <span className="min-w-0 break-words text-accent-text" dir="auto">{title}</span>
                {!published && <Badge>{t('flows.notPublished')}</Badge>}
                {published && !enabled && <Badge>{t('flows.off')}</Badge>}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {flows.hasNextPage && (
        <Button size="sm" className="self-start" loading={flows.isFetchingNextPage} onClick={() => void flows.fetchNextPage()}>
          {t('flows.more')}
        </Button>
      )}
    </Card>
  );
}
