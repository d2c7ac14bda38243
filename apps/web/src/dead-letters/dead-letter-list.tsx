import type { FlowDocument } from '@weft/flow';
import type { DeadLetter, DeadLetterChoice } from '@weft/api';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useDeadLetterCauses, useDeadLetters, type LetterOwner } from '../api/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { TwoPanes } from '../run-panel/run-browser.tsx';
import { Button, EmptyState, ErrorState, Select, SkeletonRows, Spinner } from '../ui/index.ts';
import { DeadLetterActions } from './dead-letter-actions.tsx';
import { DeadLetterDetails } from './dead-letter-details.tsx';
import { DeadLetterTable } from './dead-letter-table.tsx';
import { letterTitles } from './letter-titles.ts';
import './words.ts';

export interface DeadLetterListProps {
  owner: LetterOwner;
  /** Names steps and rules as people know them. */
  flow: FlowDocument;
  /** Of the runs that failed: their records are done again on the draft where it is a test. Undefined: of different runs. */
  mode?: 'live' | 'test';
}

const everything = '';

/** Records that failed: why, at which step, with all their data; to be done again, discarded or taken out as a file. */
export function DeadLetterList({ owner, flow, mode }: DeadLetterListProps) {
  const { t, i18n } = useTranslation('dead-letters');
  const [status, setStatus] = useState<DeadLetter['status']>('open');
  const [cause, setCause] = useState(everything);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string>();
  const causes = useDeadLetterCauses(owner, status);
  const letters = useDeadLetters(owner, { status, ...(cause !== everything && { cause }) });
  const titles = letterTitles(flow);
  const number = (count: number) => new Intl.NumberFormat(i18n.language).format(count);
  const rows = letters.data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = rows.find(({ id }) => id === chosen) ?? rows[0];
  const alike = causes.data?.causes.find((one) => one.cause === cause);
  const total = cause === everything ? (causes.data?.total ?? 0) : (alike?.count ?? 0);
  const picked = rows.filter(({ id }) => selected.has(id));
  const choice: DeadLetterChoice = picked.length > 0 ? { ids: picked.map(({ id }) => id) } : cause === everything ? {} : { cause };
  const show = (next: { status?: DeadLetter['status']; cause?: string }): void => {
    if (next.status) setStatus(next.status);
    setCause(next.cause ?? everything);
    setSelected(new Set());
    setChosen(undefined);
  };

  return (
    <section aria-label={t('title')} className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <Select<DeadLetter['status']>
          size="sm"
          className="w-36"
          label={t('status.label')}
          labelHidden
          value={status}
          onChange={(next) => show({ status: next })}
          options={(['open', 'replayed', 'discarded'] as const).map((value) => ({ value, label: t(`status.${value}`) }))}
        />
        {(causes.data?.total ?? 0) > 0 && (
          <Select
            size="sm"
            className="min-w-48 max-w-120 flex-1"
            label={t('cause')}
            labelHidden
            value={cause}
            onChange={(next) => show({ cause: next })}
            options={[
              { value: everything, label: t('everyCause', { number: number(causes.data?.total ?? 0) }) },
              ...(causes.data?.causes ?? []).map((one) => ({
                value: one.cause,
                label: t('causeOf', { number: number(one.count), place: titles.place(one) }),
                description: sentenceOf(one),
              })),
            ]}
          />
        )}
        <DeadLetterActions
          owner={owner}
          status={status}
          choice={choice}
          count={picked.length > 0 ? picked.length : total}
          picked={picked.length > 0}
          letter={picked[0] ?? rows[0]}
          flow={flow}
          mode={mode}
          onDone={() => setSelected(new Set())}
        />
      </div>
      {letters.isPending ? (
        <SkeletonRows rows={6} />
      ) : letters.isError ? (
        <ErrorState text={messageOf(letters.error)} retry={() => void letters.refetch()} />
      ) : !shown ? (
        <EmptyState icon={<MailCheck />} title={t(`empty.${status}.title`)} text={t(`empty.${status}.text`)} />
      ) : (
        <div className="min-h-0 flex-1">
          <TwoPanes
            id="weft.dead-letters"
            timeline
            left={
              <div className="min-h-0 flex-1 overflow-auto">
                <DeadLetterTable
                  letters={rows}
                  titles={titles}
                  shown={shown.id}
                  onShow={setChosen}
                  selected={selected}
                  onSelect={setSelected}
                  ofFlow={'flow' in owner}
                  selectable={status === 'open'}
                />
                {letters.hasNextPage && (
                  <div className="flex items-center justify-center gap-2 p-3">
                    <Button size="sm" loading={letters.isFetchingNextPage} onClick={() => void letters.fetchNextPage()}>
                      {t('more', { shown: number(rows.length), total: number(total) })}
                    </Button>
                    {letters.isFetchingNextPage && <Spinner />}
                  </div>
                )}
              </div>
            }
            right={<DeadLetterDetails letter={shown} titles={titles} />}
          />
        </div>
      )}
    </section>
  );
}
