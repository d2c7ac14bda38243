import type { BodyOf, StarterSummary } from '@weft/api';
import { ArrowRight, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { messageOf, useStarters } from '../api/index.ts';
import { cx, ErrorState, Skeleton, Spinner } from '../ui/index.ts';
import { ConnectorIcons } from './connector-icons.tsx';
import './words.ts';

export interface StarterCardsProps {
  /** What is being created now. */
  creating: BodyOf<'POST /w/:workspace/flows'> | undefined;
  onChoose: (starter: string) => void;
  onBlank: () => void;
}

/** The first thing in an empty workspace: flows that run at once. */
export function StarterCards({ creating, onChoose, onBlank }: StarterCardsProps) {
  const { t } = useTranslation('flows');
  const starters = useStarters();
  const busy = creating !== undefined;
  const chosen = creating !== undefined && 'starter' in creating ? creating.starter : undefined;
  return (
    <section aria-labelledby="starters" className="flex flex-col gap-4 pt-2">
      <div>
        <h2 id="starters" className="text-lg font-semibold">
          {t('starters.title')}
        </h2>
        <p className="text-sm text-muted">{t('starters.text')}</p>
      </div>
      {starters.isError && <ErrorState text={messageOf(starters.error)} retry={() => void starters.refetch()} />}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-3" aria-busy={starters.isPending}>
        {starters.isPending && [0, 1, 2].map((card) => <li key={card}><Skeleton className="h-44 rounded-lg" /></li>)}
        {starters.data?.map((starter) => (
          <li key={starter.id} className="flex">
            <StarterCard starter={starter} busy={busy} loading={chosen === starter.id} onChoose={() => onChoose(starter.id)} />
          </li>
        ))}
        {starters.isSuccess && (
          <li className="flex">
            <button
              type="button"
              disabled={busy}
              onClick={onBlank}
              className="group flex min-h-44 w-full flex-col items-start gap-3 rounded-lg border border-dashed border-line-strong p-4 text-left transition-colors duration-100 not-disabled:hover:border-accent not-disabled:hover:bg-hover"
            >
              <span className="flex size-8 items-center justify-center rounded-md border border-line text-subtle">
                <Plus aria-hidden="true" className="size-4" />
              </span>
              <span>
                <span className="block text-base font-semibold">{t('starters.blank')}</span>
                <span className="mt-1 block text-sm text-muted">{t('starters.blankText')}</span>
              </span>
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

function StarterCard({ starter, busy, loading, onChoose }: { starter: StarterSummary; busy: boolean; loading: boolean; onChoose: () => void }) {
  const { t } = useTranslation('flows');
  return (
    <button
      type="button"
      disabled={busy}
      onClick={onChoose}
      className={cx(
        'group flex min-h-44 w-full flex-col items-start gap-3 rounded-lg border border-line bg-raised p-4 text-left transition-colors duration-100',
        'not-disabled:hover:border-accent not-disabled:hover:bg-[color-mix(in_oklab,var(--raised),var(--fg)_2%)]',
        busy && !loading && 'opacity-60',
      )}
    >
      <ConnectorIcons connectors={starter.connectors} size="md" />
      <span className="min-w-0 flex-1">
        <span className="block text-base font-semibold">{starter.title}</span>
        <span className="mt-1 block text-sm text-muted">{starter.description}</span>
      </span>
      <span className="flex items-center gap-1 text-xs font-medium text-accent-text">
        {loading ? <Spinner size={12} /> : null}
        {t('starters.use')}
        <ArrowRight aria-hidden="true" className="size-3.5 transition-transform duration-100 group-hover:translate-x-0.5" />
      </span>
    </button>
  );
}
