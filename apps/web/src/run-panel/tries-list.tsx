import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../locales/sentence-of.ts';
import { formatDuration } from '../ui/index.ts';
import type { Attempt } from './record/run-record.ts';
import { StatusIcon } from './status-icon.tsx';
import './words.ts';

/** Every try of a step with what went wrong, and the waits between them. */
export function TriesList({ attempts, now, isOver }: { attempts: readonly Attempt[]; now: number; isOver: boolean }) {
  const { t } = useTranslation('run-panel');
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section tabIndex={0} aria-label={t('details.tries')} className="focus-inset min-h-0 flex-1 overflow-auto px-3 py-2">
      <ol className="flex flex-col text-xs">
        {attempts.map((attempt, index) => (
          <li key={attempt.number} className="flex flex-col">
            <Try attempt={attempt} now={now} isOver={isOver} />
            <Wait attempt={attempt} next={attempts[index + 1]} now={now} isOver={isOver} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Try({ attempt, now, isOver }: { attempt: Attempt; now: number; isOver: boolean }) {
  const { t, i18n } = useTranslation('run-panel');
  const { number, startedAt, endedAt, outcome, error } = attempt;
  const from = startedAt ?? endedAt;
  return (
    <div className="flex items-start gap-2 py-1">
      <span className="pt-0.5">
        <StatusIcon status={outcome ?? (isOver ? 'interrupted' : 'running')} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-2">
          <span className="font-medium text-fg">{t('details.try', { number })}</span>
          {from !== undefined && <time className="text-subtle">{exactTime(from, i18n.language)}</time>}
          {startedAt !== undefined && (endedAt !== undefined || !isOver) && (
            <span className="tabular text-subtle">{formatDuration((endedAt ?? now) - startedAt)}</span>
          )}
        </p>
        {error && <p className="break-words text-danger-text">{sentenceOf(error)}</p>}
      </div>
    </div>
  );
}

function Wait({ attempt, next, now, isOver }: { attempt: Attempt; next: Attempt | undefined; now: number; isOver: boolean }) {
  const { t } = useTranslation('run-panel');
  const { endedAt, retryAt } = attempt;
  if (retryAt === undefined || endedAt === undefined) return null;
  const waited = next?.startedAt === undefined ? undefined : next.startedAt - endedAt;
  if (waited === undefined && isOver) return null;
  const left = retryAt - now;
  return (
    <p className="ml-1.75 border-l border-dashed border-line-strong py-1 pl-3.5 text-subtle">
      {waited !== undefined
        ? t('details.waited', { time: formatDuration(waited) })
        : left > 0
        ? t('details.nextTry', { time: formatDuration(Math.ceil(left / 1000) * 1000) })
        : t('details.nextTryNow')}
    </p>
  );
}

/** To the millisecond, as tries may follow each other closely. */
function exactTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }).format(at);
}
