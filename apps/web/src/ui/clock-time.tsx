import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatRelative } from './format.ts';

export interface ClockTimeProps {
  /** ISO 8601. */
  at: string;
}

/** "14:05:33" of today, "12 Mar, 14:05:33" of any other day: what tells things of one list apart. How long ago it is stands in its title. */
export function ClockTime({ at }: ClockTimeProps) {
  const { i18n } = useTranslation();
  const [now] = useState(() => Date.now());
  return (
    <time dateTime={at} title={formatRelative(at, Math.max(now, Date.parse(at)), i18n.language)} className="tabular whitespace-nowrap">
      {formatClock(at, now, i18n.language)}
    </time>
  );
}
