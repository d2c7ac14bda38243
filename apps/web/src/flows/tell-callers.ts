import type { CallableFlow } from '@weft/flow';
import { i18n } from '../locales/i18n.ts';
import { toast } from '../ui/index.ts';
import { callersOf, callersText } from './callers-of.tsx';
import './words.ts';

/** Warns where others call the flow, which is switched off. */
export function tellCallers(flows: readonly CallableFlow[], flow: string): void {
  const callers = callersOf(flows, flow);
  if (callers.length > 0) toast.warning(callersText(callers, i18n.getFixedT(null, 'flows')));
}
