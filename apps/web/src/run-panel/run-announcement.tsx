import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../locales/sentence-of.ts';
import { formatDuration } from '../ui/index.ts';
import type { ShownRun } from './shown-run.ts';
import './words.ts';

/** For those who listen: that the run began, and how it ended. */
export function RunAnnouncement({ run }: { run: ShownRun }) {
  const { t } = useTranslation('run-panel');
  return <output className="sr-only">{textOf(run, t)}</output>;
}

function textOf({ status, startedAt, finishedAt, detail }: ShownRun, t: TFunction<'run-panel'>): string {
  switch (status) {
    case 'queued':
    case 'running':
      return t('announce.running');
    case 'waiting':
      return t('announce.waiting');
    case 'succeeded':
      return t('announce.succeeded', { took: formatDuration((finishedAt ?? startedAt) - startedAt) });
    case 'failed':
      return t('announce.failed', { message: detail?.error ? sentenceOf(detail.error) : '' });
    case 'cancelled':
      return t('announce.cancelled');
    case 'skipped':
      return t('announce.skipped');
  }
}
