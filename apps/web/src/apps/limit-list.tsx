import type { Operation } from '@weft/connector-sdk';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../ui/index.ts';
import './words.ts';

/** How often, how much at once, and how much at all. */
export function LimitList({ operation: { limits = {}, rateLimit } }: { operation: Operation }) {
  const { t, i18n } = useTranslation('apps');
  const { concurrency, maxBytes } = limits;
  const sentences = [
    ...(rateLimit ? [t('limit.rate', { calls: rateLimit.calls.toLocaleString(i18n.language), per: t(`limit.per.${rateLimit.per}`) })] : []),
    ...(concurrency === undefined ? [] : [t('limit.concurrency', { count: concurrency })]),
    ...(maxBytes === undefined ? [] : [t('limit.bytes', { size: formatBytes(maxBytes, i18n.language) })]),
  ];
  return <p className="text-sm text-muted">{sentences.length === 0 ? t('limit.none') : sentences.join(' ')}</p>;
}
