import type { DeadLetter } from '@weft/api';
import { useTranslation } from 'react-i18next';
import { DataView } from '../data-view/index.ts';
import { Badge, formatDateTime } from '../ui/index.ts';
import { FailureNotice } from '../run-panel/failure-notice.tsx';
import { RunOf } from './dead-letter-table.tsx';
import { placeOf, type LetterTitles } from './letter-titles.ts';
import './words.ts';

/** One failed record: the error with what helps, where it happened, and its data as it was read. */
export function DeadLetterDetails({ letter, titles }: { letter: DeadLetter; titles: LetterTitles }) {
  const { t, i18n } = useTranslation('dead-letters');
  const rule = titles.rule(letter.stepId, letter.error.ruleId);
  return (
    <section aria-label={t('details')} className="flex min-h-0 flex-1 flex-col">
      <FailureNotice error={letter.error} />
      <dl className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-b border-line px-3 py-2 text-xs [&_dd]:text-fg [&_div]:flex [&_div]:gap-1.5 [&_dt]:text-subtle">
        {letter.stepId !== null && (
          <div>
            <dt>{t('column.step')}</dt>
            <dd>{titles.step(letter.stepId)}</dd>
          </div>
        )}
        {rule !== undefined && (
          <div>
            <dt>{t('column.rule')}</dt>
            <dd>{rule}</dd>
          </div>
        )}
        <div>
          <dt>{t('column.position')}</dt>
          <dd className="tabular">{t('place', placeOf(letter))}</dd>
        </div>
        <div>
          <dt>{t('column.at')}</dt>
          <dd>{formatDateTime(letter.at, i18n.language)}</dd>
        </div>
        {letter.status !== 'open' && <Badge tone={letter.status === 'replayed' ? 'ok' : 'neutral'}>{t(`status.${letter.status}`)}</Badge>}
        {letter.replayedBy !== null && <RunOf run={letter.replayedBy} label={t('replayedBy')} />}
      </dl>
      <DataView value={letter.record} title={t('record')} className="flex-1" />
    </section>
  );
}
