import { useTranslation } from 'react-i18next';
import { placeOf } from '@weft/flow';
import { DataView } from '../data-view/index.ts';
import { formatDuration } from '../ui/index.ts';
import { FailureNotice } from './failure-notice.tsx';
import { PaneText } from './panes.tsx';
import { itemTitle } from './item-title.ts';
import { itemValue } from './record/loop-values.ts';
import { rowStatus } from './record/rows.ts';
import type { RunRecord } from './record/run-record.ts';
import { isAside, isOver, type ShownRun } from './shown-run.ts';
import { StatusIcon } from './status-icon.tsx';
import './words.ts';

export interface ItemDetailsProps {
  run: ShownRun;
  record: RunRecord;
  itemKey: string;
  onSelect: (key: string) => void;
}

/** One turn of a loop: its value, and why it failed. */
export function ItemDetails({ run, record, itemKey, onSelect }: ItemDetailsProps) {
  const { t } = useTranslation('run-panel');
  const item = record.turns.get(itemKey);
  const status = rowStatus(item?.status, isOver(run), isAside(run));
  const value = itemValue({ flow: run.flow, record }, itemKey);
  const title = itemTitle(itemKey, t);
  const isOfStream = placeOf(itemKey).batch !== undefined;
  const failing = item?.error?.stepKey;
  return (
    <section aria-label={title} className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line px-3 py-1">
        <h2 className="text-sm font-semibold">{title}</h2>
        <span className="flex items-center gap-1 text-xs text-muted">
          <StatusIcon status={status} />
          <span aria-hidden="true">{t(`status.${status}`)}</span>
        </span>
        {item?.startedAt !== undefined && item.endedAt !== undefined && (
          <span className="tabular text-xs text-subtle">{formatDuration(item.endedAt - item.startedAt)}</span>
        )}
      </header>
      {item?.error && (
        <FailureNotice
          error={item.error}
          action={failing !== undefined && record.steps.has(failing) ? { label: t('details.goToStep'), run: () => onSelect(failing) } : undefined}
        />
      )}
      {value === undefined
        ? <PaneText>{t(isOfStream ? (status === 'failed' ? 'details.failedRecord' : 'details.noRecord') : 'details.noItem')}</PaneText>
        : <DataView value={value} title={title} className="flex-1" />}
    </section>
  );
}
