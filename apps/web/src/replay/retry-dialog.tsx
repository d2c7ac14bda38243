import type { ReplayVersion, RetryResult } from '@weft/api';
import type { TFunction } from 'i18next';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useRetryable, useRetryRuns, type RetryProgress } from '../api/index.ts';
import { Button, Checkbox, Dialog, Notice, Progress, Segmented } from '../ui/index.ts';
import './words.ts';

export interface RetryDialogProps {
  /** These runs; absent: all failed ones that fit the filter. */
  runs?: readonly string[];
  filter: { flow?: string; mode?: 'live' | 'test'; search?: string };
  onClose: () => void;
}

/** Retries failed runs from the step that failed: how many, how, how far it is, and what came of it. */
export function RetryDialog({ runs: selected, filter, onClose }: RetryDialogProps) {
  const { t } = useTranslation('replay');
  const [version, setVersion] = useState<ReplayVersion>('newest');
  const [again, setAgain] = useState(false);
  const stopped = useRef(false);
  const found = useRetryable(filter, selected === undefined);
  const retry = useRetryRuns();
  const runs = selected ?? found.data?.runs ?? [];
  const { progress } = retry;
  const close = () => {
    stopped.current = true;
    onClose();
  };
  return (
    <Dialog
      open
      onClose={close}
      dismissable={progress === undefined || progress.finished}
      title={t('retry.title')}
      description={t('retry.text')}
      footer={
        progress === undefined ? (
          <Button
            variant="primary"
            disabled={runs.length === 0}
            loading={selected === undefined && found.isPending}
            onClick={() => retry.mutate({ runs, version, again, stopped: () => stopped.current })}
          >
            {t('retry.start')}
          </Button>
        ) : progress.finished || retry.isError ? (
          <Button variant="primary" onClick={close}>
            {t('retry.close')}
          </Button>
        ) : (
          <Button onClick={() => (stopped.current = true)}>{t('retry.stop')}</Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {found.error && <Notice tone="danger">{messageOf(found.error)}</Notice>}
        {progress === undefined && (
          <>
            {(selected !== undefined || found.data) && (
              <p className="text-sm">
                {t('retry.count', { count: runs.length })} {(found.data?.more ?? 0) > 0 && t('retry.more', { count: found.data?.more })}
              </p>
            )}
            <Segmented<ReplayVersion>
              label={t('retry.version')}
              value={version}
              onChange={setVersion}
              options={[
                { value: 'newest', label: t('retry.newest') },
                { value: 'same', label: t('retry.same') },
              ]}
            />
            {(selected !== undefined || (found.data?.retried ?? 0) > 0) && (
              <Checkbox label={t('retry.again')} hint={found.data && t('retry.retried', { count: found.data.retried })} checked={again} onChange={setAgain} />
            )}
          </>
        )}
        {progress && <Outcome progress={progress} />}
        {retry.error && <Notice tone="danger">{messageOf(retry.error)}</Notice>}
      </div>
    </Dialog>
  );
}

function Outcome({ progress: { done, total, result, finished } }: { progress: RetryProgress }) {
  const { t } = useTranslation('replay');
  const label = t('retry.progress', { done, total });
  const left = leftOut(result, t);
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      <Progress className="w-full" label={label} value={total === 0 ? 1 : done / total} />
      <p className="tabular text-xs text-subtle">{finished && done < total ? t('retry.stopped', { done, total }) : label}</p>
      {finished && <p className="text-sm font-medium">{t('retry.started', { count: result.started.length })}</p>}
      {left !== '' && <p className="text-sm text-muted">{t('retry.left', { reasons: left })}</p>}
      {firstRefusal(result) !== undefined && <p className="text-xs text-muted">{firstRefusal(result)}</p>}
    </div>
  );
}

function leftOut({ skipped }: RetryResult, t: TFunction<'replay'>): string {
  const reasons = ['retried', 'not_failed', 'gone', 'switched_off', 'refused', 'queue_full'] as const;
  return reasons
    .map((reason) => ({ reason, count: skipped.filter((one) => one.reason === reason).length }))
    .filter(({ count }) => count > 0)
    .map(({ reason, count }) => t(`retry.skipped.${reason}`, { count }))
    .join(', ');
}

const firstRefusal = ({ skipped }: RetryResult): string | undefined => skipped.find(({ reason }) => reason === 'refused' || reason === 'queue_full')?.message;
