import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../api/index.ts';
import { buttonClass, EmptyState, ErrorState, LoadingRegion } from '../ui/index.ts';

/** A page that is on its way. */
export function PagePending() {
  return (
    <main aria-busy="true" className="h-full min-h-0 flex-1 bg-surface">
      <LoadingRegion />
    </main>
  );
}

/** A page that could not be shown at all. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main className="flex h-full items-center justify-center">
      <ErrorState
        heading="h1"
        text={messageOf(error)}
        retry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <main className="flex h-full items-center justify-center">
      <EmptyState
        heading="h1"
        icon={<SearchX />}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={
          <Link to="/" className={buttonClass()}>
            {t('notFound.home')}
          </Link>
        }
      />
    </main>
  );
}
