import { useTranslation } from 'react-i18next';
import './words.ts';

/** The step uses a connector that is not installed here. */
export function MissingConnector({ id }: { id: string }) {
  const { t } = useTranslation('inspector');
  return <p className="text-sm text-danger-text">{t('missingConnector', { id })}</p>;
}
