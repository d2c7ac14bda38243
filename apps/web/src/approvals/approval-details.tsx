import { Link } from '@tanstack/react-router';
import type { Approval } from '@weft/api';
import { ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkspaceId } from '../api/index.ts';
import { buttonClass, Card, formatDateTime, RelativeTime } from '../ui/index.ts';
import { ApprovalStatus } from './approval-status.tsx';
import { DecisionForm } from './decision-form.tsx';
import { ShownData } from './shown-data.tsx';
import './words.ts';

/** One question: from where it comes, what to look at, and the decision. */
export function ApprovalDetails({ approval }: { approval: Approval }) {
  const { t, i18n } = useTranslation('approvals');
  const workspace = useWorkspaceId();
  const { question, flowTitle, stepTitle, stepKey, requestedAt, dueAt, onTimeout, status, shown, runId } = approval;
  return (
    <Card className="min-w-0">
      <section aria-label={question}>
        <header className="flex flex-col gap-2 border-b border-line px-5 py-4">
          <div className="flex items-start gap-3">
            <h2 className="min-w-0 flex-1 text-lg font-semibold text-balance text-fg">{question}</h2>
            <Link to="/w/$workspace/runs/$run" params={{ workspace, run: runId }} className={buttonClass('secondary', 'sm')}>
              <ArrowUpRight aria-hidden="true" />
              {t('openRun')}
            </Link>
          </div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
            <ApprovalStatus status={status} />
            <span>
              {[flowTitle, stepTitle, ...itemsOf(stepKey).map((number) => t('item', { number }))].join(' · ')}
            </span>
            <span>
              {t('asked')} <RelativeTime at={requestedAt} />
            </span>
            {status === 'timed_out' && <span>{t(`timedOut.${onTimeout}`)}</span>}
            {status === 'open' && dueAt !== null && <span>{t(`due.${onTimeout}`, { time: formatDateTime(dueAt, i18n.language) })}</span>}
          </div>
        </header>
        <h3 className="px-5 pt-3 text-xs font-medium text-subtle">{t('shown')}</h3>
        <div className="px-5 pt-2 pb-4">
          <ShownData value={shown} />
        </div>
        <div className="border-t border-line px-5 py-4">
          <DecisionForm approval={approval} />
        </div>
      </section>
    </Card>
  );
}

/** Of the loops around the step, outermost first: `each[3]/ask` is asked for the fourth item. */
const itemsOf = (stepKey: string): number[] => [...stepKey.matchAll(/\[(\d+)\]/g)].map(([, index]) => Number(index) + 1);
