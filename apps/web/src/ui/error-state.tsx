import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

export interface ErrorStateProps {
  title?: string;
  /** What went wrong and what to do next. */
  text: string;
  retry?: (() => void) | undefined;
  /** Another way on, where trying again is none. */
  action?: ReactNode;
  /** Where it is the whole page, its title is the page's: `h1`. Default `h2`. */
  heading?: 'h1' | 'h2';
}

export function ErrorState({ title, text, retry, action, heading: Heading = 'h2' }: ErrorStateProps) {
  const { t } = useTranslation('ui');
  return (
    <div role="alert" className="flex flex-col items-center justify-center gap-1 px-6 py-14 text-center">
      <CircleAlert aria-hidden="true" className="mb-2 size-6 text-danger" />
      <Heading className="text-base font-semibold text-fg">{title ?? t('somethingWrong')}</Heading>
      <p className="max-w-110 text-sm text-balance text-muted">{text}</p>
      {action !== undefined && <div className="mt-4">{action}</div>}
      {retry !== undefined && (
        <Button className="mt-4" icon={<RotateCw />} onClick={retry}>
          {t('tryAgain')}
        </Button>
      )}
    </div>
  );
}
