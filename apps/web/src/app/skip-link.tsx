import { useTranslation } from 'react-i18next';
import { focusFlow } from '../editor/focus-flow.ts';

/** The first stop of the Tab key, seen when it has the focus: past the navigation, to the page or the flow. */
export function SkipLink({ inEditor }: { inEditor: boolean }) {
  const { t } = useTranslation('app');
  return (
    <button
      type="button"
      onClick={focusFlow}
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md border border-line bg-raised px-3 py-1.5 text-sm font-medium shadow-pop focus-visible:translate-y-0"
    >
      {inEditor ? t('skip.flow') : t('skip.page')}
    </button>
  );
}
