import { WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { connection, useConnection } from '../api/index.ts';

/** Stands over every page while the server cannot be reached. */
export function ConnectionBanner() {
  const { t } = useTranslation('app');
  const status = useConnection((state) => state.status);
  return (
    <output className="block">
      {status === 'lost' && (
        <span className="flex min-h-9 items-center justify-center gap-2 bg-warn-soft px-4 py-1 text-sm text-warn-text">
          <WifiOff aria-hidden="true" className="size-4 shrink-0" />
          <span>{t('connection.lost')}</span>
          <button type="button" onClick={() => connection.tryNow()} className="rounded-sm px-1 font-medium underline underline-offset-2">
            {t('connection.tryNow')}
          </button>
        </span>
      )}
    </output>
  );
}
