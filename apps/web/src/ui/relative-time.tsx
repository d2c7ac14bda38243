import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatRelative } from './format.ts';

export interface RelativeTimeProps {
  /** ISO 8601. */
  at: string;
}

/** "3 minutes ago", kept true, with the exact time on hover. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);

  return (
    <time dateTime={at} title={formatDateTime(at, i18n.language)} className="whitespace-nowrap">
      {formatRelative(at, Math.max(now, Date.parse(at)), i18n.language)}
    </time>
  );
}
