import type { CallableFlow } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { useCallableFlows } from '../api/index.ts';
import './words.ts';

/** Which flows call this one, where that matters: they would fail without it. */
export function CallersOf({ flow }: { flow: string }) {
  const { t } = useTranslation('flows');
  const { data = [] } = useCallableFlows();
  const callers = callersOf(data, flow);
  if (callers.length === 0) return null;
  return <strong className="font-medium text-danger-text">{callersText(callers, t)}</strong>;
}

/** Titles of the flows that call one. */
export const callersOf = (flows: readonly CallableFlow[], flow: string): string[] =>
  flows.filter(({ id, calls }) => id !== flow && calls.includes(flow)).map(({ title }) => title);

export const callersText = (callers: readonly string[], t: ReturnType<typeof useTranslation<'flows'>>['t']): string =>
  t('callers', { count: callers.length, titles: callers.map((title) => `“${title}”`).join(', ') });
