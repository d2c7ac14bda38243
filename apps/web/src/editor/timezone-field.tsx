import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../locales/sentence-of.ts';
import { TimezoneSelect } from '../ui/timezone-select.tsx';
import './dialog-words.ts';
import { useEditor } from './state/index.ts';

/** The flow's time zone. One that came along with an import and does not exist is said here. */
export function TimezoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const { t } = useTranslation('editor');
  const problem = useEditor(({ problems }) => problems.find(({ code }) => code === 'settings.timezone'));
  return <TimezoneSelect label={t('settings.timezone')} hint={t('settings.timezoneHint')} error={problem &&
    sentenceOf(problem)} value={value} onChange={onChange} />;
}
