import { useQuery } from '@tanstack/react-query';
import type { FlowTitle } from '@weft/api';
import { useTranslation } from 'react-i18next';
import { callersQuery, useWorkspaceId } from '../api/index.ts';
import './words.ts';

/** Which flows call this one, where that matters: they would fail without it. */
export function CallersOf({ flow }: { flow: string }) {
  const { t } = useTranslation('flows');
  const { data: callers = [] } = useQuery(callersQuery(useWorkspaceId(), flow));
  if (callers.length === 0) return null;
  return <strong className="font-medium text-danger-text">{callersText(callers, t)}</strong>;
}

export const callersText = (callers: readonly FlowTitle[], t: ReturnType<typeof useTranslation<'flows'>>['t']): string =>
  t('callers', { count: callers.length, titles: callers.map(({ title }) => `“${title}”`).join(', ') });
