import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { connection, messageOf } from '../api/index.ts';
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
  const { t } = useTranslation('app');
  const router = useRouter();
  const retry = useCallback(() => {
    if (isMissingCode(error)) window.location.reload();
    reset();
    void router.invalidate();
  }, [error, reset, router]);

  useEffect(() => connection.onRestored(retry), [retry]);

  return (
    <main className="flex h-full min-h-0 flex-1 items-center justify-center bg-surface">
      <ErrorState
        heading="h1"
        text={isMissingCode(error) ? t('pageMissing') : messageOf(error)}
        retry={retry}
      />
    </main>
  );
}

/** A part of the program that did not arrive: no network, or a newer version is installed. Browsers word it differently. */
function isMissingCode(error: unknown): boolean {
  return /dynamically imported module|importing a module script|unable to preload/i.test(messageOf(error));
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
