import { useNavigate, useSearch } from '@tanstack/react-router';
import { History, RotateCcw, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import type { RunsSearch } from '../app/router.tsx';
import { messageOf, useRuns } from '../api/index.ts';
import { Button, Card, EmptyState, ErrorState, SkeletonRows, useLater } from '../ui/index.ts';
import { RetryDialog } from '../replay/index.ts';
import { daysBetween } from './days-between.ts';
import { RunFilters } from './run-filters.tsx';
import { RunsTable } from './runs-table.tsx';
import '../replay/words.ts';

const none: ReadonlySet<string> = new Set();

/** What ran, newest first. Rows change while runs go on. */
export function RunsPage() {
  const { t } = useTranslation(['runs', 'replay']);
  const filter = useSearch({ from: '/framed/w/$workspace/runs' });
  const navigate = useNavigate({ from: '/w/$workspace/runs' });
  const setFilter = (next: RunsSearch) => void navigate({ search: next, replace: true });
  const search = useLater(filter.search, 250);
  const { from, to, ...others } = filter;
  const runs = useRuns({ ...others, search, ...daysBetween(from, to) });
  const rows = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const [selected, setSelected] = useState(none);
  const [retrying, setRetrying] = useState<'selected' | 'all' | null>(null);
  // With every status shown, failed runs may stand further down.
  const isAnyDay = from === undefined && to === undefined;
  const mayHaveFailed = filter.status === 'failed' || (filter.status === undefined && rows.some(({ status }) => status === 'failed'));
  const filtered = Object.values(filter).some((value) => value !== undefined);

  return (
    <Page title={t('title')} text={t('text')}>
      <RunFilters filter={filter} onChange={setFilter} />
      {search !== undefined && search.trim() !== '' && <p className="-mt-2 text-xs text-subtle">{t('filter.searched')}</p>}
      {(selected.size > 0 || mayHaveFailed) && (
        <div className="flex flex-wrap items-center gap-2">
          {selected.size > 0 ? (
            <>
              <Button icon={<RotateCcw />} onClick={() => setRetrying('selected')}>
                {t('replay:retry.selected', { count: selected.size })}
              </Button>
              <Button variant="ghost" onClick={() => setSelected(none)}>
                {t('replay:retry.clear')}
              </Button>
            </>
          ) : isAnyDay && (
            <Button icon={<RotateCcw />} onClick={() => setRetrying('all')}>
              {t('replay:retry.all')}
            </Button>
          )}
        </div>
      )}
      {retrying !== null && (
        <RetryDialog
          {...(retrying === 'selected' && { runs: [...selected].toSorted() })}
          filter={{ flow: filter.flow, mode: filter.mode, search }}
          onClose={() => {
            setRetrying(null);
            setSelected(none);
          }}
        />
      )}
      <Card aria-busy={runs.isPending}>
        {runs.isPending && <SkeletonRows />}
        {runs.isError && <ErrorState text={messageOf(runs.error)} retry={() => void runs.refetch()} />}
        {runs.isSuccess && rows.length === 0 && !filtered && <EmptyState icon={<History />} title={t('empty.title')} text={t('empty.text')} />}
        {runs.isSuccess && rows.length === 0 && filtered && (
          <EmptyState
            icon={<SearchX />}
            title={t('nothing.title')}
            text={t('nothing.text')}
            action={<Button onClick={() => setFilter({})}>{t('nothing.action')}</Button>}
          />
        )}
        {rows.length > 0 && <RunsTable runs={rows} selected={selected} onSelect={setSelected} />}
      </Card>
      {runs.hasNextPage && (
        <Button className="self-center" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Page>
  );
}
