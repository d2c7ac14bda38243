import { CircleAlert, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

export interface ErrorStateProps {
  title?: string;
  /** What went wrong and what to do next. */
  text: string;
  retry?: () => void;
}

export function ErrorState({ title, text, retry }: ErrorStateProps) {
  const { t } = useTranslation('ui');
  return (
    <div role="alert" className="flex flex-col items-center justify-center gap-1 px-6 py-14 text-center">
      <CircleAlert aria-hidden="true" className="mb-2 size-6 text-danger" />
      <h2 className="text-base font-semibold text-fg">{title ?? t('somethingWrong')}</h2>
      <p className="max-w-110 text-sm text-balance text-muted">{text}</p>
      {retry !== undefined && (
        <Button className="mt-4" icon={<RotateCw />} onClick={retry}>
          {t('tryAgain')}
        </Button>
      )}
    </div>
  );
}
