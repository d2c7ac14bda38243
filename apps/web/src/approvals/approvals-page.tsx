import { useNavigate, useSearch } from '@tanstack/react-router';
import { isObject } from '@weft/json-schema';
import type { Approval } from '@weft/api';
import { CircleCheckBig, Inbox } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { messageOf, useApprovals } from '../api/index.ts';
import { previewOf } from '../data-view/data-rows.ts';
import { Badge, Button, Card, cx, EmptyState, ErrorState, LoadingRegion, RelativeTime, Segmented, SkeletonRows } from '../ui/index.ts';
import { ApprovalStatus } from './approval-status.tsx';
import './words.ts';

// Shows data of any shape, which an empty list does without.
const ApprovalDetails = lazy(async () => ({ default: (await import('./approval-details.tsx')).ApprovalDetails }));

/** What runs ask people: the questions on one side, the one that is read on the other. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals');
  const { show = 'open', approval } = useSearch({ from: '/framed/w/$workspace/approvals' });
  const navigate = useNavigate({ from: '/w/$workspace/approvals' });
  const approvals = useApprovals(show);
  const rows = approvals.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = rows.find(({ id }) => id === approval) ?? rows[0];
  const empty = show === 'open' ? 'noOpen' : 'noDecided';
  return (
    <Page title={t('title')} text={t('text')}>
      <Segmented
        label={t('show')}
        value={show}
        onChange={(next) => void navigate({ search: { show: next }, replace: true })}
        options={(['open', 'decided'] as const).map((value) => ({ value, label: t(value) }))}
      />
      {approvals.isPending && (
        <Card aria-busy>
          <SkeletonRows />
        </Card>
      )}
      {approvals.isError && <ErrorState text={messageOf(approvals.error)} retry={() => void approvals.refetch()} />}
      {approvals.isSuccess && rows.length === 0 && (
        <Card>
          <EmptyState icon={show === 'open' ? <CircleCheckBig /> : <Inbox />} title={t(`${empty}.title`)} text={t(`${empty}.text`)} />
        </Card>
      )}
      {chosen && (
        <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
          <Card className="overflow-hidden">
            <ul aria-label={t('list')} className="flex max-h-[calc(100dvh-14rem)] flex-col divide-y divide-line overflow-y-auto max-lg:max-h-72">
              {rows.map((row) => (
                <li key={row.id}>
                  <ApprovalRow
                    approval={row}
                    chosen={row.id === chosen.id}
                    onChoose={() => void navigate({ search: { show, approval: row.id }, replace: true })}
                  />
                </li>
              ))}
            </ul>
            {approvals.hasNextPage && (
              <div className="flex justify-center border-t border-line p-2">
                <Button size="sm" variant="ghost" loading={approvals.isFetchingNextPage} onClick={() => void approvals.fetchNextPage()}>
                  {t('more')}
                </Button>
              </div>
            )}
          </Card>
          <Suspense fallback={<LoadingRegion />}>
            <ApprovalDetails key={chosen.id} approval={chosen} />
          </Suspense>
        </div>
      )}
    </Page>
  );
}

function ApprovalRow({ approval, chosen, onChoose }: { approval: Approval; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation('approvals');
  const { question, flowTitle, requestedAt, status, mode, mayDecide, shown } = approval;
  const about = isObject(shown) && Object.keys(shown).length === 0 ? '' : previewOf(shown, 120);
  return (
    <button
      type="button"
      aria-current={chosen ? 'true' : undefined}
      onClick={onChoose}
      className={cx('focus-inset flex w-full flex-col gap-1 px-4 py-3 text-left', chosen ? 'bg-pressed' : 'hover:bg-hover')}
    >
      <span className="line-clamp-2 text-sm font-medium text-fg">{question}</span>
      <span className="flex w-full items-center gap-2 text-xs text-muted">
        <span className="one-line min-w-0 flex-1">{flowTitle}</span>
        <RelativeTime at={requestedAt} />
      </span>
      {about !== '' && <span className="one-line w-full text-xs text-subtle">{about}</span>}
      {(status !== 'open' || !mayDecide || mode === 'test') && (
        <span className="flex gap-1.5 pt-0.5">
          {status !== 'open' && <ApprovalStatus status={status} />}
          {status === 'open' && !mayDecide && <Badge>{t('forOthers')}</Badge>}
          {mode === 'test' && <Badge>{t('test')}</Badge>}
        </span>
      )}
    </button>
  );
}
